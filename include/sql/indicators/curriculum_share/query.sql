select
  case when a.area = '_T' then '_T' else concat('area=', a.area) end as breakdown,
  case when a.is_core then coalesce(a.core_hours, 0) else coalesce(a.hours, 0) end as numerator,
  case when a.is_core and a.area <> '_T' then t.core_hours else t.hours end as denominator,
  case when a.is_core and a.area <> '_T' then t.core_modules else t.stated end as records,
  t.is_partial
from curriculum_cells a
join curriculum_cells t on t.area = '_T'
