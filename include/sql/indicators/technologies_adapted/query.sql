with flows as (
  select country, sector, platform, technology, institution
  from project_events
  where event = 'adapted' and technology is not null
),
leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(platform) = 1 then '_T' else platform end as platform,
    technology, institution,
    count(*) as projects
  from flows
  group by grouping sets (
    (technology, institution), (technology, institution, country), (technology, institution, sector),
    (technology, institution, platform), (technology, institution, country, sector),
    (technology, institution, country, platform), (technology, institution, country, sector, platform)
  )
)
select
  m.partner, s.sector, l.platform,
  count(distinct l.technology) as value,
  sum(l.projects) as records,
  count(distinct l.institution) as contributors_seller
from leaves l
cross join parameters p
join partner_members m on m.country = l.country and m.year = p.year
join sector_members s on s.code = l.sector
group by m.partner, s.sector, l.platform
union all
-- None adapted is zero only where some project of the year is known.
select '_T', '_T', '_T', 0, 0, 0
where not exists (select 1 from flows)
  and not exists (select 1 from project_cells where event = 'adapted')
  and exists (select 1 from project_cells where event in ('screened', 'started'))
