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
    (c.valued = 0 and c.contracts > 0) or (c.valued_before = 0 and c.contracts_before > 0) as is_unvalued
  from contract_growth_cells c
  cross join (select contracts_before from contract_growth_cells where cut = '') t
),
breakdowns as (
  select *
  from (
    values
      ('_T', false), ('basis=real', false), ('basis=constant_rates', false), ('basis=matched', false),
      ('part=continuing', true), ('part=entry', true), ('part=exit', true), ('part=_U', true)
  ) as b(breakdown, is_part)
),
figures as (
  select
    c.*, b.*,
    case breakdown
      when 'basis=real' then cast(value as double) * price_base / price
      when 'basis=constant_rates' then cast(coalesce(value_previous_rates, 0) as double)
      when 'basis=matched' then cast(continuing as double)
      when 'part=continuing' then cast(continuing - continuing_before as double)
      when 'part=entry' then cast(entering as double)
      when 'part=exit' then cast(-leaving as double)
      when 'part=_U' then cast(unknown - unknown_before as double)
      else cast(value as double)
    end as numerator,
    case breakdown
      when 'basis=real' then cast(value_before as double) * price_base / price_before
      when 'basis=matched' then cast(continuing_before as double)
      else cast(value_before as double)
    end as denominator,
    case breakdown
      when 'basis=constant_rates' then valued_previous_rates
      when 'basis=matched' then continuing_valued
      when 'part=continuing' then continuing_valued
      when 'part=entry' then entry_valued
      when 'part=exit' then 0
      when 'part=_U' then unknown_valued
      else valued
    end as records,
    case when breakdown = 'basis=matched' then continuing_valued_before else valued_before end as base_records,
    case when breakdown = 'basis=real' then nullif(status, 'A') end as price_status,
    case
      when breakdown = 'basis=real' then price is null or price_before is null or price_base is null
      when breakdown = 'basis=constant_rates' then valued_previous_rates = 0 and valued > 0
      else false
    end as is_without_source
  from cells c
  cross join breakdowns b
  cross join prices
  where breakdown <> 'part=_U' or unknown_contracts > 0
)
select
  partner, sector, channel, institution_type, platform, breakdown,
  numerator, denominator, records, base_records, is_partial,
  case when is_part then 100 * numerator / nullif(denominator, 0) end as value,
  case when is_part then 'percentage_points' end as unit,
  case when is_first_year or is_unvalued or is_without_source then 'M' else price_status end as status,
  case
    when is_first_year then 'no_records'
    when is_without_source and not is_unvalued then 'no_source'
  end as reason
from figures
where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF')
  and (breakdown = '_T' or cut = '' or valued_before >= 10)
