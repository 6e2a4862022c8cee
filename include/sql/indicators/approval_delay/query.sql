select
  partner, sector,
  case when cut like '%X' then concat('approval=', detail) else '_T' end as breakdown,
  approval_delay_months as numerator,
  nullif(delayed_projects, 0) as denominator,
  delayed_projects as records,
  delayed_institutions as contributors_seller
from project_cells
where event = 'approved' and cut in ('', 'P', 'S', 'PS', 'X', 'PX', 'PSX')
