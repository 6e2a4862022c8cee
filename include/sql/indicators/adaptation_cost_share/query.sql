-- The ratio of sums, and the quartiles of the projects' own ratios.
with shares as (
  select
    country, sector, delivery_model, institution,
    100 * cast(adaptation_cost as double) / cast(budget as double) as share
  from project_events
  where event = 'started' and budget > 0 and adaptation_cost is not null
),
cuts as (
  select '_T' as country, '_T' as sector, '_T' as delivery_model, institution, share from shares
  union all select country, '_T', '_T', institution, share from shares
  union all select '_T', sector, '_T', institution, share from shares
  union all select '_T', '_T', delivery_model, institution, share from shares
  union all select country, sector, '_T', institution, share from shares
  union all select country, '_T', delivery_model, institution, share from shares
),
quartiles as (
  select
    m.partner, s.sector, c.delivery_model,
    quantile_cont(c.share, 0.25) as lower_quartile,
    median(c.share) as median,
    quantile_cont(c.share, 0.75) as upper_quartile,
    count(*) as projects,
    count(distinct c.institution) as institutions
  from cuts c
  cross join parameters p
  join partner_members m on m.country = c.country and m.year = p.year
  join sector_members s on s.code = c.sector
  group by m.partner, s.sector, c.delivery_model
)
select
  partner, sector, delivery_model, '_T' as breakdown,
  adaptation_cost as numerator,
  budget as denominator,
  null as value,
  adapting_projects as records,
  null as base_records,
  adapting_institutions as contributors_seller
from project_cells
where event = 'started' and cut in ('', 'P', 'S', 'D', 'PS', 'PD')
union all
select
  q.partner, q.sector, q.delivery_model, concat('statistic=', b.statistic),
  null,
  null,
  case b.statistic
    when 'lower_quartile' then q.lower_quartile
    when 'median' then q.median
    else q.upper_quartile
  end,
  q.projects,
  q.projects,
  q.institutions
from quartiles q
cross join (values ('lower_quartile'), ('median'), ('upper_quartile')) as b(statistic)
