-- Headline, real, at constant rates and matched growth; and the parts of the headline, in points of the earlier value.
-- Below the total, a cell whose headline rests on fewer than ten contracts has the headline alone, which says so.
with prices as (
  select
    max(case when i.year = p.year then i.gdp_deflator end) as price,
    max(case when i.year = p.year - 1 then i.gdp_deflator end) as price_before,
    max(case when i.year = p.base_year then i.gdp_deflator end) as price_base,
    max(case when i.year in (p.year, p.year - 1, p.base_year) then i.status end) as status
  from price_index i
  cross join parameters p
),
cells as (
  select
    c.*,
    t.contracts_before = 0 as is_first_year,
    (c.valued = 0 and c.contracts > 0) or (c.valued_before = 0 and c.contracts_before > 0) as is_unvalued,
    c.valued < 0.95 * c.contracts or c.valued_before < 0.95 * c.contracts_before as is_partial
  from contract_growth_cells c
  cross join (select contracts_before from contract_growth_cells where cut = '') t
),
figures as (
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    '_T' as breakdown,
    cast(value as double) as numerator, cast(value_before as double) as denominator,
    valued as records, valued_before as base_records, false as is_part, null as status, null as missing
  from cells
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'basis=real',
    cast(value as double) * price_base / price, cast(value_before as double) * price_base / price_before,
    valued, valued_before, false, nullif(status, 'A'),
    case when price is null or price_before is null or price_base is null then 'no_source' end
  from cells
  cross join prices
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'basis=constant_rates',
    cast(coalesce(value_previous_rates, 0) as double), cast(value_before as double),
    valued_previous_rates, valued_before, false, null,
    case when valued_previous_rates = 0 and valued > 0 then 'no_source' end
  from cells
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'basis=matched',
    cast(continuing as double), cast(continuing_before as double),
    continuing_valued, continuing_valued_before, false, null, null
  from cells
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'part=continuing',
    cast(continuing - continuing_before as double), cast(value_before as double),
    continuing_valued, valued_before, true, null, null
  from cells
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'part=entry',
    cast(entering as double), cast(value_before as double),
    entry_valued, valued_before, true, null, null
  from cells
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'part=exit',
    cast(-leaving as double), cast(value_before as double),
    0, valued_before, true, null, null
  from cells
  union all
  select
    cut, partner, sector, channel, institution_type, platform, is_first_year, is_unvalued, is_partial, valued_before,
    'part=_U',
    cast(unknown - unknown_before as double), cast(value_before as double),
    unknown_valued, valued_before, true, null, null
  from cells
  where unknown_contracts > 0
)
select
  partner, sector, channel, institution_type, platform, breakdown,
  numerator, denominator, records, base_records,
  case when is_part then 100 * numerator / nullif(denominator, 0) end as value,
  case when is_part then 'percentage_points' end as unit,
  case
    when is_first_year or is_unvalued or missing is not null then 'M'
    when is_partial then coalesce(status, 'U')
    else status
  end as status,
  case
    when is_first_year then 'no_records'
    when is_unvalued or (is_partial and missing is null) then 'field_missing'
    else missing
  end as reason
from figures
where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF')
  and (breakdown = '_T' or cut = '' or valued_before >= 10)
