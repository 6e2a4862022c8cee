select
  partner, sector,
  case when trl_stated > 0 then trl_6_8 end as numerator,
  nullif(trl_stated, 0) as denominator,
  trl_stated as records,
  trl_institutions as contributors_seller
from project_cells
where event = 'screened' and cut in ('', 'P', 'S', 'PS')
