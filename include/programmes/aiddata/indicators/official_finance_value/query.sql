-- Each project counts in the total, and once more under `recommended=true` if it is recommended for research.
with flows as (
  select
    coalesce(l.country, '_U') as country,
    coalesce(r.sector, '_U') as sector,
    r.recommended_for_research as is_recommended,
    r.usd_defl_2014
  from projects r
  cross join parameters p
  left join places l on l.country = r.partner
  where r.reference_year = p.year and r.usd_defl_2014 is not null
),
counted as (
  select country, sector, '_T' as breakdown, usd_defl_2014 from flows
  union all
  select country, sector, 'recommended=true', usd_defl_2014 from flows where is_recommended
),
cells as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    breakdown,
    sum(usd_defl_2014) as value,
    count(*) as records
  from counted
  group by grouping sets ((breakdown), (breakdown, country), (breakdown, sector), (breakdown, country, sector))
)
select m.partner, c.sector, c.breakdown, sum(c.value) as value, sum(c.records) as records
from cells c
cross join parameters p
join partner_members m on m.country = c.country and m.year = p.year
group by m.partner, c.sector, c.breakdown
