with cells as (
  select
    partner, sector, institution_type, delivery_model, '_T' as breakdown,
    sum(projects) filter (where event = 'started') as projects,
    sum(projects) filter (where event = 'started_before') as projects_before
  from project_cells
  where event in ('started', 'started_before') and cut in ('', 'P', 'S', 'I', 'D', 'PS', 'PI', 'PD')
  group by partner, sector, institution_type, delivery_model
  union all
  select
    '_T', '_T', '_T', '_T',
    concat('institution=', i.written),
    count(*) filter (where f.event = 'started'),
    count(*) filter (where f.event = 'started_before')
  from project_events f
  join written_project_codes i on i.code = f.institution
  where f.event in ('started', 'started_before')
  group by i.written
)
select
  c.partner, c.sector, c.institution_type, c.delivery_model, c.breakdown,
  coalesce(c.projects, 0) as numerator,
  coalesce(c.projects_before, 0) as denominator,
  coalesce(c.projects, 0) as records,
  coalesce(c.projects_before, 0) as base_records,
  case when t.projects_before = 0 then 'M' end as status,
  case when t.projects_before = 0 then 'no_records' end as reason
from cells c
cross join (select count(*) as projects_before from project_events where event = 'started_before') t
