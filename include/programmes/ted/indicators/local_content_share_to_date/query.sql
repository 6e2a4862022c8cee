-- The ratio of sums over all lots up to the year, in the currency in which they were published.
with cells as (
  select
    case when grouping(l.country) = 1 then '_T' else coalesce(l.country, '_U') end as country,
    sum(r.procurement_local) as procurement_local,
    sum(r.procurement_total) as procurement_total,
    count(*) as lots
  from projects r
  cross join parameters p
  left join places l on l.country = r.partner
  where r.reference_year <= p.year and r.procurement_local is not null and r.procurement_total is not null
  group by grouping sets ((), (l.country))
)
select
  m.partner,
  sum(c.procurement_local) as numerator,
  sum(c.procurement_total) as denominator,
  sum(c.lots) as records
from cells c
cross join parameters p
join partner_members m on m.country = c.country and m.year = p.year
group by m.partner
