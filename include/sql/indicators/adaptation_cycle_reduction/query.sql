with cycles as (
  select country, sector, delivery_model, institution, cast(adaptation_months as double) as months
  from project_events
  where event = 'adapted' and adaptation_months is not null and delivery_model <> '_U'
),
cells as (
  select '_T' as country, '_T' as sector, delivery_model, institution, months from cycles
  union all select country, '_T', delivery_model, institution, months from cycles
  union all select '_T', sector, delivery_model, institution, months from cycles
  union all select country, sector, delivery_model, institution, months from cycles
),
cuts as (
  select country, sector, delivery_model, institution, months
  from cells
  where sector = '_T' or delivery_model = 'traditional'
  union all
  select country, sector, '_T', institution, months from cells where delivery_model <> 'traditional'
),
medians as (
  select
    m.partner, s.sector, c.delivery_model,
    median(c.months) as months,
    count(*) as projects,
    count(distinct c.institution) as institutions
  from cuts c
  cross join parameters p
  join partner_members m on m.country = c.country and m.year = p.year
  join sector_members s on s.code = c.sector
  group by m.partner, s.sector, c.delivery_model
)
select
  r.partner, r.sector, r.delivery_model,
  r.months as numerator,
  t.months as denominator,
  100 * (1 - r.months / nullif(t.months, 0)) as value,
  r.projects as records,
  least(r.projects, coalesce(t.projects, 0)) as base_records,
  r.institutions as contributors_seller
from medians r
left join medians t on t.partner = r.partner and t.sector = r.sector and t.delivery_model = 'traditional'
where r.delivery_model <> 'traditional'
