-- Each project counts in the total, and once more under `recommended=true` if it is recommended for research.
with flows as (
  select
    coalesce(l.country, '_U') as country,
    coalesce(r.sector, '_U') as sector,
    r.recommended_for_research as is_recommended
  from projects r
  cross join parameters p
  left join places l on l.country = r.partner
  where r.reference_year = p.year
),
counted as (
  select country, sector, '_T' as breakdown from flows
  union all
  select country, sector, 'recommended=true' from flows where is_recommended
),
cells as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    breakdown,
    count(*) as projects
  from counted
  group by grouping sets ((breakdown), (breakdown, country), (breakdown, sector), (breakdown, country, sector))
)
select m.partner, c.sector, c.breakdown, sum(c.projects) as value, sum(c.projects) as records
from cells c
cross join parameters p
join partner_members m on m.country = c.country and m.year = p.year
group by m.partner, c.sector, c.breakdown
