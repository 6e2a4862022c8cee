with valued as (
  select f.sector, f.channel, f.value
  from contract_flows f
  join parameters p on f.reference_year = p.year
  where f.value is not null
),
cuts as (
  select '_T' as sector, '_T' as channel, value from valued
  union all select sector, '_T', value from valued
  union all select '_T', channel, value from valued
),
medians as (
  select s.sector, c.channel, median(c.value) as value
  from cuts c
  join sector_members s on s.code = c.sector
  group by s.sector, c.channel
)
select
  sector, channel, '_T' as breakdown,
  value as numerator,
  valued as denominator,
  null as value,
  valued as records,
  null as base_records,
  is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from contract_cells
where cut in ('', 'S', 'C')
union all
select
  c.sector, c.channel, 'statistic=median',
  null,
  null,
  m.value,
  c.valued,
  c.valued,
  c.is_partial,
  c.sellers,
  c.buyers,
  null,
  null
from contract_cells c
left join medians m on m.sector = c.sector and m.channel = c.channel
where c.cut in ('', 'S', 'C')
