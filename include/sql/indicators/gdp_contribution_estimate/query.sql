-- The two rates are numerator and denominator, as the two values of a growth rate are.
with rates as (
  select year, registered, institutions, 100 * cast(commercialized as double) / registered as rate
  from achievement_cells
  where institution_type = '_T' and field = '_T'
)
select
  (now.rate - before.rate) * cast(p.gdp_elasticity as double) as value,
  now.rate as numerator,
  before.rate as denominator,
  now.registered as records,
  case when before.registered < now.registered then before.registered else now.registered end as base_records,
  'E' as status,
  case when before.rate is null then 'no_records' end as reason,
  now.institutions as contributors_seller
from parameters p
join rates now on now.year = p.year
left join rates before on before.year = p.year - 1
