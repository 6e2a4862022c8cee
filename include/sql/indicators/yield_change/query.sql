select
  partner, sector, delivery_model,
  case when least_unit <> greatest_unit then null else paired_value end as numerator,
  case when least_unit <> greatest_unit then null else paired_baseline end as denominator,
  case when least_unit <> greatest_unit then 'M' end as status,
  case when least_unit <> greatest_unit then 'mixed_units' end as reason,
  paired as records,
  nullif(paired, 0) as base_records,
  paired_institutions as contributors_seller
from monitoring_cells
where metric = 'yield' and cut in ('', 'P', 'S', 'D', 'PS', 'PD')
