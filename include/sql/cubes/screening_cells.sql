-- Projects screened in the year by partner and sector: all, those of which all three things are known that they are screened
-- by, and those of them that pass the thresholds.
with leaves as (
  select
    case when grouping(r.country) = 1 then '_T' else r.country end as country,
    case when grouping(r.sector) = 1 then '_T' else r.sector end as sector,
    r.institution,
    count(*) as projects,
    sum(r.is_complete) as complete,
    count(*) filter (
      where r.is_complete = 1 and r.trl_start between p.screening_trl_min and p.screening_trl_max
        and r.demand_score >= p.screening_demand_min and r.compatibility >= p.screening_compatibility_min
    ) as passed
  from project_screenings r
  cross join parameters p
  group by grouping sets (
    (r.institution), (r.institution, r.country), (r.institution, r.sector), (r.institution, r.country, r.sector)
  )
)
select
  m.partner, s.sector,
  cast(sum(l.projects) as bigint) as projects,
  cast(sum(l.complete) as bigint) as complete,
  cast(sum(l.passed) as bigint) as passed,
  count(distinct case when l.complete > 0 then l.institution end) as institutions
from leaves l
cross join parameters p
join partner_members m on m.country = l.country and m.year = p.year
join sector_members s on s.code = l.sector
group by m.partner, s.sector
