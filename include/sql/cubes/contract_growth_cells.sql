-- Contracts of the year and of the year before, side by side, and how far the same institutions made them.
-- Partner groups are those of the later year in both. An institution is present in a year that has a contract of it as
-- seller, in whatever cell: continuing is present in both, entering only in the later, leaving only in the earlier one.
with presence as (
  select
    f.seller,
    max(case when f.reference_year = p.year then 1 else 0 end) as is_now,
    max(case when f.reference_year = p.year then 0 else 1 end) as was_before
  from contract_flows f
  cross join parameters p
  where f.seller is not null
  group by f.seller
),
flows as (
  select
    l.leaf, f.value, f.value_previous_rates,
    f.reference_year = p.year as is_later,
    case
      when f.seller is null then 'unknown'
      when s.is_now = 1 and s.was_before = 1 then 'continuing'
      else 'once'
    end as part
  from contract_flows f
  cross join parameters p
  join contract_leaves l
    on l.country = f.country and l.sector = f.sector and l.channel = f.channel
    and l.institution_type = f.institution_type and l.platform = f.platform
  left join presence s on s.seller = f.seller
),
leaves as (
  select
    leaf,
    count(*) filter (where is_later) as contracts,
    count(*) filter (where not is_later) as contracts_before,
    count(value) filter (where is_later) as valued,
    count(value) filter (where not is_later) as valued_before,
    count(value_previous_rates) filter (where is_later) as valued_previous_rates,
    count(value) filter (where is_later and part = 'continuing') as continuing_valued,
    count(value) filter (where not is_later and part = 'continuing') as continuing_valued_before,
    count(value) filter (where is_later and part = 'once') as entry_valued,
    count(*) filter (where part = 'unknown') as unknown_contracts,
    count(value) filter (where is_later and part = 'unknown') as unknown_valued,
    sum(value) filter (where is_later) as value,
    sum(value) filter (where not is_later) as value_before,
    sum(value_previous_rates) filter (where is_later) as value_previous_rates,
    sum(value) filter (where is_later and part = 'continuing') as continuing,
    sum(value) filter (where not is_later and part = 'continuing') as continuing_before,
    sum(value) filter (where is_later and part = 'once') as entering,
    sum(value) filter (where not is_later and part = 'once') as leaving,
    sum(value) filter (where is_later and part = 'unknown') as unknown,
    sum(value) filter (where not is_later and part = 'unknown') as unknown_before
  from flows
  group by leaf
),
cells as (
  select
    c.cell,
    cast(sum(l.contracts) as bigint) as contracts,
    cast(sum(l.contracts_before) as bigint) as contracts_before,
    cast(sum(l.valued) as bigint) as valued,
    cast(sum(l.valued_before) as bigint) as valued_before,
    cast(sum(l.valued_previous_rates) as bigint) as valued_previous_rates,
    cast(sum(l.continuing_valued) as bigint) as continuing_valued,
    cast(sum(l.continuing_valued_before) as bigint) as continuing_valued_before,
    cast(sum(l.entry_valued) as bigint) as entry_valued,
    cast(sum(l.unknown_valued) as bigint) as unknown_valued,
    cast(sum(l.unknown_contracts) as bigint) as unknown_contracts,
    cast(coalesce(sum(l.value), 0) as decimal(38, 6)) as value,
    cast(coalesce(sum(l.value_before), 0) as decimal(38, 6)) as value_before,
    cast(sum(l.value_previous_rates) as decimal(38, 6)) as value_previous_rates,
    cast(coalesce(sum(l.continuing), 0) as decimal(38, 6)) as continuing,
    cast(coalesce(sum(l.continuing_before), 0) as decimal(38, 6)) as continuing_before,
    cast(coalesce(sum(l.entering), 0) as decimal(38, 6)) as entering,
    cast(coalesce(sum(l.leaving), 0) as decimal(38, 6)) as leaving,
    cast(coalesce(sum(l.unknown), 0) as decimal(38, 6)) as unknown,
    cast(coalesce(sum(l.unknown_before), 0) as decimal(38, 6)) as unknown_before
  from leaves l
  join contract_leaf_cells c on c.leaf = l.leaf
  group by c.cell
)
select
  n.cut, n.partner, n.sector, n.channel, n.institution_type, n.platform,
  c.contracts, c.contracts_before, c.valued, c.valued_before, c.valued_previous_rates,
  c.continuing_valued, c.continuing_valued_before, c.entry_valued, c.unknown_valued, c.unknown_contracts,
  c.value, c.value_before, c.value_previous_rates,
  c.continuing, c.continuing_before, c.entering, c.leaving, c.unknown, c.unknown_before,
  c.valued < p.least_valued * c.contracts or c.valued_before < p.least_valued * c.contracts_before as is_partial
from cells c
cross join parameters p
join contract_cell_codes n on n.cell = c.cell
