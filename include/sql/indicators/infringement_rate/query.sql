with cells as (
  select partner, rated_value, rated_denominator, rated, rated_institutions
  from monitoring_cells
  where metric = 'patents_infringed' and cut in ('', 'P')
),
countries as (
  select
    c.partner as country,
    100 * cast(c.rated_value as double) / cast(c.rated_denominator as double) as rate,
    c.rated, c.rated_institutions
  from cells c
  cross join parameters p
  join partner_members m
    on m.country = c.partner and m.partner = c.partner and m.level = 'country' and m.year = p.year
  where c.rated > 0 and right(c.partner, 2) <> '_X'
),
places_above as (
  select m.country, m.partner
  from partner_members m
  join parameters p on m.year = p.year
  where m.level in ('region', 'foreign', 'group')
  union all
  select country, '_T' from countries
),
ranked as (
  select
    a.partner, c.rate, c.rated, c.rated_institutions,
    rank() over (partition by a.partner order by c.rate desc) as place
  from countries c
  join places_above a on a.country = c.country
)
select
  partner, '_T' as breakdown,
  rated_value as numerator,
  rated_denominator as denominator,
  null as value,
  rated as records,
  rated_institutions as contributors_seller
from cells
union all
-- As few contributors as stand behind the highest rate.
select
  partner, 'statistic=maximum',
  null,
  null,
  max(rate),
  sum(rated),
  min(rated_institutions) filter (where place = 1)
from ranked
group by partner
