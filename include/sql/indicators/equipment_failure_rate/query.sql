select
  partner, sector, delivery_model, '_T' as breakdown,
  rated_value as numerator,
  rated_denominator as denominator,
  rated as records,
  rated_institutions as contributors_seller
from monitoring_cells
where metric = 'equipment_failures' and cut in ('', 'P', 'S', 'D', 'PS', 'PD')
union all
select
  partner, sector, delivery_model, 'statistic=baseline',
  based_value,
  based_denominator,
  based,
  based_institutions
from monitoring_cells
where metric = 'equipment_failures' and cut in ('', 'P', 'S', 'D', 'PS', 'PD')
