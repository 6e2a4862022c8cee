with facilities_open as (
  select
    coalesce(l.country, '_U') as country,
    coalesce(nullif(f.type, '_T'), '_U') as type,
    f.institution_id as institution
  from facilities f
  cross join parameters p
  left join places l on l.country = f.partner
  where year(f.opened_date) <= p.year and (f.closed_date is null or year(f.closed_date) > p.year)
),
leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(type) = 1 then '_T' else concat('type=', type) end as breakdown,
    institution,
    count(*) as facilities
  from facilities_open
  group by grouping sets ((institution), (institution, country), (institution, type), (institution, country, type))
)
select
  m.partner, l.breakdown,
  sum(l.facilities) as value,
  sum(l.facilities) as records,
  count(distinct l.institution) as contributors_seller
from leaves l
cross join parameters p
join partner_members m on m.country = l.country and m.year = p.year
group by m.partner, l.breakdown
union all
select '_T', '_T', 0, 0, 0
where not exists (select 1 from facilities_open)
