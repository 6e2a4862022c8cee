-- Numerator and denominator are the two rates in percent, as those of growth are the two values.
with rates_compared as (
  select
    partner, sector, delivery_model, compared, compared_institutions,
    100 * cast(compared_value as double) / cast(compared_denominator as double) as rate,
    100 * cast(compared_baseline_value as double) / cast(compared_baseline_denominator as double) as baseline_rate
  from monitoring_cells
  where metric = 'equipment_failures' and cut in ('', 'P', 'S', 'D', 'PS', 'PD')
)
select
  partner, sector, delivery_model,
  rate - baseline_rate as value,
  rate as numerator,
  baseline_rate as denominator,
  compared as records,
  compared_institutions as contributors_seller
from rates_compared
