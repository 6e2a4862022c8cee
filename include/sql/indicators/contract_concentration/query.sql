-- Shares in whole parts of 10^9, so that their squares add up alike in whatever order.
-- A contract without a sector of the upper level, or with a country abroad that is not specified, is in no share.
with parts as (
  select 'over=sector' as breakdown, c.value, c.valued
  from contract_cells c
  join (select distinct sector from sector_members where level = 'upper') u on u.sector = c.sector
  where c.cut = 'S' and c.value is not null
  union all
  select 'over=partner', c.value, c.valued
  from contract_cells c
  join (
    select distinct m.partner
    from partner_members m
    join places l on l.country = m.country and l.is_foreign
    where m.level = 'country' and right(m.partner, 2) <> '_X'
  ) u on u.partner = c.partner
  where c.cut = 'P' and c.value is not null
),
shares as (
  select
    breakdown, valued,
    cast(
      round(1e9 * cast(value as double) / cast(nullif(sum(value) over (partition by breakdown), 0) as double)) as bigint
    ) as share
  from parts
),
indices as (
  select breakdown, sum(share * share) / 1e14 as value, sum(valued) as valued
  from shares
  group by breakdown
),
wholes as (
  select 'over=sector' as breakdown, contracts from contract_cells where cut = ''
  union all
  select 'over=partner', contracts from contract_cells where cut = 'P' and partner = '_F'
),
figures as (
  select
    w.breakdown, i.value,
    coalesce(i.valued, 0) as records,
    coalesce(i.valued, 0) < p.least_valued * w.contracts as is_partial
  from wholes w
  cross join parameters p
  left join indices i on i.breakdown = w.breakdown
)
select * from figures
union all
select '_T', value, records, is_partial from figures where breakdown = 'over=sector'
