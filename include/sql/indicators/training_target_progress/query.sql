with target as (
  select year, training_target, training_target_from as first_year, training_target_to as last_year from parameters
)
select
  sum(c.completed) as numerator,
  max(t.training_target) as denominator,
  sum(c.counted) as records,
  null as status,
  null as reason
from training_cells c
cross join target t
where
  c.partner = '_T' and c.course = 'cross_border' and c.year between t.first_year and t.last_year and c.year <= t.year
  and t.year >= t.first_year
having sum(c.counted) > 0
union all
select null, null, null, 'M', 'not_yet_observed'
from target
where year < first_year
