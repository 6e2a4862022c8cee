-- Hours of training in the year by area of the curriculum, of modules that say whether they are core. An area with core
-- hours is one of the core.
with modules as (
  select coalesce(nullif(t.area, '_T'), '_U') as area, t.is_core, t.hours
  from training_modules t
  join parameters p on t.reference_year = p.year
),
areas as (
  select
    case when grouping(area) = 1 then '_T' else area end as area,
    count(*) as modules,
    count(*) filter (where is_core is not null and hours is not null) as stated,
    count(*) filter (where is_core and hours is not null) as core_modules,
    sum(cast(hours as decimal(38, 6))) filter (where is_core) as core_hours,
    sum(cast(hours as decimal(38, 6))) filter (where is_core is not null) as hours
  from modules
  group by grouping sets ((), (area))
)
select
  area,
  modules, stated, core_modules,
  core_modules > 0 as is_core,
  cast(core_hours as decimal(38, 6)) as core_hours,
  cast(hours as decimal(38, 6)) as hours,
  stated < p.least_valued * modules as is_partial
from areas
cross join parameters p
where modules > 0
