select
  partner, delivery_model,
  guidance_fund_amount as numerator,
  guided_investment as denominator,
  guided_projects as records,
  is_guided_partial as is_partial,
  guided_institutions as contributors_seller
from project_cells
where event = 'started' and cut in ('', 'P', 'D', 'PD')
