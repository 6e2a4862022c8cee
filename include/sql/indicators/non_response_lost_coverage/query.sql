-- Where nobody answered this year, there is no survey to be missing from.
with cells as (
  select c.*
  from survey_cells c
  join survey_cells t on t.institution_type = '_T' and t.institutions > 0
  where c.institutions_before > 0
)
select
  institution_type, '_T' as breakdown,
  cast(missing as decimal(38, 6)) as numerator,
  cast(institutions_before as decimal(38, 6)) as denominator,
  institutions_before as records,
  null as reason,
  false as is_partial,
  institutions_before as contributors_seller,
  null as largest,
  null as second
from cells
union all
select
  institution_type, 'measure=contract_value',
  case when value_before is not null then coalesce(lost_value, 0) end,
  value_before,
  institutions_before,
  case when contracts_before = 0 then 'no_records' end,
  is_value_before_partial,
  missing_sellers,
  largest_lost_value,
  second_lost_value
from cells
union all
select
  institution_type, 'measure=transfer_staff',
  case when staff_before is not null then coalesce(lost_staff, 0) end,
  staff_before,
  institutions_before,
  null,
  false,
  missing_staffed,
  largest_lost_staff,
  second_lost_staff
from cells
