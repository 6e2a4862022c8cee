-- Where a contract in twenty of either year has no value the change is of low reliability (U), even if none of a year's has
-- one: left out, the parts would no longer add up.
with cells as (
  select
    c.*,
    t.value_before as total_before, t.valued_before as total_valued_before, t.contracts_before as total_contracts_before
  from contract_growth_cells c
  cross join (
    select value_before, valued_before, contracts_before from contract_growth_cells where cut = ''
  ) t
  where c.cut in ('', 'P', 'S', 'C', 'PS', 'PC')
)
select
  partner, sector, channel,
  value - value_before as numerator,
  total_before as denominator,
  valued as records,
  total_valued_before as base_records,
  is_partial,
  case when total_contracts_before = 0 then 'M' end as status,
  case when total_contracts_before = 0 then 'no_records' end as reason
from cells
