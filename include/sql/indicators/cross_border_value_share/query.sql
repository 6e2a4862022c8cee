-- A contract that does not say whether its partner is foreign leaves both sums.
with cells as (
  select
    a.sector, a.channel, a.institution_type, a.platform, a.contracts,
    a.valued - coalesce(u.valued, 0) as known,
    a.value - coalesce(u.value, 0) as known_value,
    case when f.contracts > 0 then f.value else 0 end as foreign_value,
    f.sellers, f.buyers, f.largest, f.second
  from contract_cells a
  left join contract_cells f
    on f.cut = concat('P', a.cut) and f.partner = '_F' and f.sector = a.sector and f.channel = a.channel
    and f.institution_type = a.institution_type and f.platform = a.platform
  left join contract_cells u
    on u.cut = concat('P', a.cut) and u.partner = '_U' and u.sector = a.sector and u.channel = a.channel
    and u.institution_type = a.institution_type and u.platform = a.platform
  where a.cut in ('', 'S', 'C', 'I', 'F')
)
select
  sector, channel, institution_type, platform,
  case when known > 0 then foreign_value end as numerator,
  case when known > 0 then known_value end as denominator,
  known as records,
  known < p.least_valued * contracts as is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from cells
cross join parameters p
