select
  partner, delivery_model,
  silk_road_fund_amount as numerator,
  silk_road_investment as denominator,
  silk_road_projects as records,
  is_silk_road_partial as is_partial,
  silk_road_institutions as contributors_seller
from project_cells
where event = 'started' and cut in ('', 'P', 'D', 'PD')
