with starts as (
  select f.event, f.country, i.written as institution, t.written as technology
  from project_events f
  left join written_project_codes i on i.code = f.institution
  left join written_project_codes t on t.code = f.technology
  where f.event in ('started', 'started_before')
),
by_institution as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    institution,
    count(*) filter (where event = 'started') as projects,
    count(*) filter (where event = 'started_before') as projects_before
  from starts
  where institution is not null
  group by grouping sets ((institution), (institution, country))
),
cells as (
  select
    partner, sector, institution_type, delivery_model, '_T' as breakdown,
    sum(projects) filter (where event = 'started') as projects,
    sum(projects) filter (where event = 'started_before') as projects_before
  from project_cells
  where event in ('started', 'started_before') and cut in ('', 'P', 'S', 'I', 'D', 'PS', 'PI', 'PD')
  group by partner, sector, institution_type, delivery_model
  union all
  select
    m.partner, '_T', '_T', '_T',
    concat('institution=', l.institution),
    sum(l.projects),
    sum(l.projects_before)
  from by_institution l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  group by m.partner, l.institution
  union all
  select
    '_T', '_T', '_T', '_T',
    concat(
      case when grouping(institution) = 1 then '' else concat('institution=', institution, ';') end,
      'technology=', technology
    ),
    count(*) filter (where event = 'started'),
    count(*) filter (where event = 'started_before')
  from starts
  where technology is not null
  group by grouping sets ((technology), (institution, technology))
  having grouping(institution) = 1 or institution is not null
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
