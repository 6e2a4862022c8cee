-- Figures that arrive as statistics: no small base, and no contributors.
select
  partner, sector,
  case when least_unit <> greatest_unit then null else value end as numerator,
  case when least_unit <> greatest_unit then null else value_before end as denominator,
  case when least_unit <> greatest_unit then 'M' end as status,
  case when least_unit <> greatest_unit then 'mixed_units' end as reason,
  series as records
from partner_output_cells
where cut in ('', 'P', 'S', 'PS')
