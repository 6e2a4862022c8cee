with cycles as (
  select country, sector, delivery_model, institution, cast(adaptation_months as double) as months
  from project_events
  where event = 'adapted' and adaptation_months is not null
),
cuts as (
  select '_T' as country, '_T' as sector, '_T' as delivery_model, institution, months from cycles
  union all select country, '_T', '_T', institution, months from cycles
  union all select '_T', sector, '_T', institution, months from cycles
  union all select '_T', '_T', delivery_model, institution, months from cycles
  union all select country, sector, '_T', institution, months from cycles
  union all select country, '_T', delivery_model, institution, months from cycles
)
select
  m.partner, s.sector, c.delivery_model,
  median(c.months) as value,
  count(*) as records,
  count(distinct c.institution) as contributors_seller
from cuts c
cross join parameters p
join partner_members m on m.country = c.country and m.year = p.year
join sector_members s on s.code = c.sector
group by m.partner, s.sector, c.delivery_model
