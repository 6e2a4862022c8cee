select
  partner,
  case when cut like '%X' then concat('pair=', detail) else '_T' end as breakdown,
  parameters_compatible as numerator,
  parameters_total as denominator,
  compared_projects as records,
  is_compared_partial as is_partial,
  compared_institutions as contributors_seller
from project_cells
where event = 'started' and (cut in ('', 'P') or cut in ('X', 'PX') and compared_projects > 0)
