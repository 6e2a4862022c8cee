-- Measured figures of projects in the edition's year, one row each, by the codes of the project, whenever it started; in
-- the standard unit of their quantity.
-- What has no meaning without its unit (capacity, yield, response time, the last a time only) is null where that is not
-- known.
select
  r.project_id,
  r.metric,
  t.institution,
  coalesce(t.country, '_U') as country,
  coalesce(t.sector, '_U') as sector,
  coalesce(t.delivery_model, '_U') as delivery_model,
  coalesce(x.standard_unit, r.unit) as unit,
  case
    when r.metric in ('capacity', 'yield') and r.unit is null then null
    when r.metric = 'maintenance_response_time' and coalesce(x.standard_unit, '_U') <> 'hours' then null
    else cast(r.value * coalesce(x.factor, 1) as decimal(38, 9))
  end as value,
  cast(r.denominator * coalesce(x.factor, 1) as decimal(38, 9)) as denominator,
  case
    when r.metric in ('capacity', 'yield') and r.unit is null then null
    else cast(r.baseline_value * coalesce(x.factor, 1) as decimal(38, 9))
  end as baseline_value,
  cast(r.baseline_denominator * coalesce(x.factor, 1) as decimal(38, 9)) as baseline_denominator
from project_monitoring r
join parameters p on r.reference_year = p.year
left join project_profiles t on t.project_id = r.project_id
left join unit_conversions x on x.unit = r.unit
