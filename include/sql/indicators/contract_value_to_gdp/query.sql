-- A country without GDP leaves both sums of its region or group. The total stands over the GDP of home.
with products as (
  select g.country, cast(g.gdp_usd * x.cny_per_unit as decimal(38, 6)) as gdp, nullif(g.status, 'A') as status
  from gdp g
  join parameters p on g.year = p.year
  join rates x on x.currency = 'USD' and x.year = g.year
),
denominators as (
  select m.partner, sum(g.gdp) as gdp, max(g.status) as status
  from products g
  cross join parameters p
  join partner_members m on m.country = g.country and m.year = p.year
  group by m.partner
  union all
  select '_T', g.gdp, g.status
  from products g
  join parameters p on g.country = p.home
),
numerators as (
  select m.partner, sum(c.value) as value, sum(c.valued) as valued
  from contract_cells c
  join products g on g.country = c.partner
  cross join parameters p
  join partner_members m on m.country = c.partner and m.year = p.year
  where c.cut = 'P'
  group by m.partner
  union all
  select '_T', value, valued from contract_cells where cut = ''
)
select
  c.partner,
  n.value as numerator,
  d.gdp as denominator,
  coalesce(n.valued, 0) as records,
  coalesce(n.valued, 0) < p.least_valued * c.contracts as is_partial,
  case when d.gdp is null then 'M' else d.status end as status,
  case when d.gdp is null then 'no_source' end as reason,
  c.sellers as contributors_seller,
  c.buyers as contributors_buyer,
  c.largest,
  c.second
from contract_cells c
cross join parameters p
left join numerators n on n.partner = c.partner
left join denominators d on d.partner = c.partner
where c.cut in ('', 'P')
