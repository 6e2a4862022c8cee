-- Scores, from 0 to 100, of the projects screened in the year of which all three are known, by partner and sector: sums of
-- readiness, demand and compatibility. Readiness is 100 within the wanted levels, and 20 less for each level outside them.
with scores as (
  select
    r.country, r.sector, r.institution, r.is_complete, r.demand_score, r.compatibility,
    greatest(0, 100 - 20 * greatest(p.screening_trl_min - r.trl_start, r.trl_start - p.screening_trl_max, 0)) as readiness
  from project_screenings r
  cross join parameters p
),
leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    institution,
    count(*) as projects,
    sum(is_complete) as complete,
    sum(cast(readiness as decimal(18, 6))) filter (where is_complete = 1) as readiness,
    sum(demand_score) filter (where is_complete = 1) as demand,
    sum(compatibility) filter (where is_complete = 1) as compatibility
  from scores
  group by grouping sets (
    (institution), (institution, country), (institution, sector), (institution, country, sector)
  )
)
select
  m.partner, s.sector,
  cast(sum(l.projects) as bigint) as projects,
  cast(sum(l.complete) as bigint) as complete,
  cast(sum(l.readiness) as decimal(38, 6)) as readiness,
  cast(sum(l.demand) as decimal(38, 6)) as demand,
  cast(sum(l.compatibility) as decimal(38, 6)) as compatibility,
  count(distinct case when l.complete > 0 then l.institution end) as institutions
from leaves l
cross join parameters p
join partner_members m on m.country = l.country and m.year = p.year
join sector_members s on s.code = l.sector
group by m.partner, s.sector
