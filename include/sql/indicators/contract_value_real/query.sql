-- Where the programme's estimate of prices stands in for an index that ends, the figure is an estimate (E).
with prices as (
  select
    max(case when i.year = p.base_year then i.gdp_deflator end)
    / max(case when i.year = p.year then i.gdp_deflator end) as factor,
    max(case when i.year in (p.year, p.base_year) then nullif(i.status, 'A') end) as status
  from price_index i
  cross join parameters p
)
select
  c.partner, c.sector, c.channel,
  cast(c.value as double) * i.factor as value,
  c.valued as records,
  c.is_partial,
  case when i.factor is null then 'M' else i.status end as status,
  case when i.factor is null then 'no_source' end as reason,
  c.sellers as contributors_seller,
  c.buyers as contributors_buyer,
  cast(c.largest as double) * i.factor as largest,
  cast(c.second as double) * i.factor as second
from contract_cells c
cross join prices i
where c.cut in ('', 'P', 'S', 'C', 'PS', 'PC')
