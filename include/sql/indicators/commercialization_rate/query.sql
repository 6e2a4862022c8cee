select
  institution_type,
  case when field = '_T' then '_T' else concat('field=', field) end as breakdown,
  commercialized as numerator,
  registered as denominator,
  registered as records,
  institutions as contributors_seller
from achievement_cells
