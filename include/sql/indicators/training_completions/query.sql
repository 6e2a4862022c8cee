select
  c.partner,
  case when c.course = '_T' then '_T' else concat('course=', c.course) end as breakdown,
  c.completed as value,
  c.counted as records,
  c.is_partial
from training_cells c
join parameters p on c.year = p.year
