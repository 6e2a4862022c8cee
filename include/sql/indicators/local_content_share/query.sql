-- The ratio of sums, and the median of the projects' own ratios.
with shares as (
  select
    country, sector, delivery_model, institution,
    100 * cast(procurement_local as double) / cast(procurement_total as double) as share
  from project_events
  where event = 'started' and procurement_total > 0 and procurement_local is not null
),
cuts as (
  select '_T' as country, '_T' as sector, '_T' as delivery_model, institution, share from shares
  union all select country, '_T', '_T', institution, share from shares
  union all select '_T', sector, '_T', institution, share from shares
  union all select '_T', '_T', delivery_model, institution, share from shares
  union all select country, sector, '_T', institution, share from shares
  union all select country, '_T', delivery_model, institution, share from shares
)
select
  partner, sector, delivery_model, '_T' as breakdown,
  procurement_local as numerator,
  procurement_total as denominator,
  null as value,
  procuring_projects as records,
  null as base_records,
  is_procuring_partial as is_partial,
  procuring_institutions as contributors_seller
from project_cells
where event = 'started' and cut in ('', 'P', 'S', 'D', 'PS', 'PD')
union all
select
  m.partner, s.sector, c.delivery_model, 'statistic=median',
  null,
  null,
  median(c.share),
  count(*),
  count(*),
  t.is_procuring_partial,
  count(distinct c.institution)
from cuts c
cross join parameters p
join partner_members m on m.country = c.country and m.year = p.year
join sector_members s on s.code = c.sector
join project_cells t
  on t.event = 'started' and t.cut in ('', 'P', 'S', 'D', 'PS', 'PD')
  and t.partner = m.partner and t.sector = s.sector and t.delivery_model = c.delivery_model
group by m.partner, s.sector, c.delivery_model, t.is_procuring_partial
