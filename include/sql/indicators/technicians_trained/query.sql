select
  c.partner, c.sector,
  c.value,
  c.measured as records,
  c.measured < p.least_valued * c.records as is_partial,
  c.institutions as contributors_seller,
  c.largest,
  c.second
from monitoring_cells c
cross join parameters p
where c.metric = 'technicians_trained' and c.cut in ('', 'P', 'S', 'PS')
