select
  c.partner, c.sector,
  case when c.complete > 0 then c.passed end as numerator,
  nullif(c.complete, 0) as denominator,
  c.complete as records,
  c.complete < p.least_valued * c.projects as is_partial,
  c.institutions as contributors_seller
from screening_cells c
cross join parameters p
