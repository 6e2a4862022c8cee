with starts as (
  select f.country, f.institution, i.written as written_institution, t.written as written_technology
  from project_events f
  left join written_project_codes i on i.code = f.institution
  left join written_project_codes t on t.code = f.technology
  where f.event = 'started'
),
by_institution as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    written_institution,
    count(*) as projects
  from starts
  where written_institution is not null
  group by grouping sets ((written_institution), (written_institution, country))
),
named as (
  select
    m.partner, concat('institution=', l.written_institution) as breakdown,
    cast(sum(l.projects) as bigint) as projects, 1 as institutions, cast(sum(l.projects) as bigint) as largest
  from by_institution l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  group by m.partner, l.written_institution
  union all
  select '_T', concat('technology=', written_technology), count(*), count(distinct institution), null
  from starts
  where written_technology is not null
  group by written_technology
  union all
  select
    '_T', concat('institution=', written_institution, ';technology=', written_technology), count(*), 1, count(*)
  from starts
  where written_institution is not null and written_technology is not null
  group by written_institution, written_technology
)
select
  partner, sector, institution_type, delivery_model, '_T' as breakdown,
  projects as value,
  projects as records,
  institutions as contributors_seller,
  largest,
  second
from project_cells
where event = 'started' and cut in ('', 'P', 'S', 'I', 'D', 'PS', 'PI', 'PD')
union all
select partner, '_T', '_T', '_T', breakdown, projects, projects, institutions, largest, null
from named
