select
  c.partner, c.sector,
  case when c.cause = '_T' then '_T' else concat('cause=', c.cause) end as breakdown,
  c.compensation as value,
  c.paid as records,
  c.paid < p.least_valued * c.claims as is_partial,
  c.paid_institutions as contributors_seller,
  c.largest,
  c.second
from insurance_cells c
cross join parameters p
where c.cut in ('', 'P', 'S', 'X', 'PS', 'PX', 'PSX')
