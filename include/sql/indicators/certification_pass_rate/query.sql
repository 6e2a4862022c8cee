select
  c.partner,
  case when c.course = '_T' then '_T' else concat('course=', c.course) end as breakdown,
  c.passed as numerator,
  c.tested as denominator,
  c.tested_cohorts as records
from training_cells c
join parameters p on c.year = p.year
