-- Technology managers recognised by the end of the year, each once in every cell, by partner.
with recognised as (
  select coalesce(l.country, '_U') as country, r.manager_id
  from recognitions r
  left join places l on l.country = r.partner
),
leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    manager_id,
    count(*) as recognitions
  from recognised
  group by grouping sets ((manager_id), (manager_id, country))
)
select
  m.partner,
  count(distinct l.manager_id) as managers,
  cast(sum(l.recognitions) as bigint) as recognitions
from leaves l
cross join parameters p
join partner_members m on m.country = l.country and m.year = p.year
group by m.partner
