select
  partner, sector,
  case when least_unit <> greatest_unit then null else paired_value end as numerator,
  case when least_unit <> greatest_unit then null else paired_baseline end as denominator,
  case when least_unit <> greatest_unit then 'M' end as status,
  case when least_unit <> greatest_unit then 'mixed_units' end as reason,
  paired as records,
  paired_institutions as contributors_seller
from monitoring_cells
where metric = 'capacity' and cut in ('', 'P', 'S', 'PS')
