select
  case when field = '_T' then '_T' else concat('field=', field) end as breakdown,
  months as duration,
  event,
  records,
  0.5 as quantile,
  institutions as contributors_seller
from achievement_duration_cells
where cohort = '_T' and institution_type = '_T'
