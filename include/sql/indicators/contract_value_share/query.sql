-- A part of the total; in a cross, of the total of the same partner, or of the same partner and platform.
with parts as (
  select
    c.*,
    case when cut in ('P', 'S', 'C', 'I', 'F') then '_T' else partner end as total_partner,
    case when cut = 'PFS' then platform else '_T' end as total_platform
  from contract_cells c
  where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF', 'PFS')
)
select
  c.partner, c.sector, c.channel, c.institution_type, c.platform,
  c.value as numerator,
  t.value as denominator,
  t.valued as records,
  t.is_partial,
  c.sellers as contributors_seller,
  c.buyers as contributors_buyer,
  c.largest,
  c.second
from parts c
join contract_cells t
  on t.cut in ('', 'P', 'PF') and t.partner = c.total_partner and t.platform = c.total_platform
