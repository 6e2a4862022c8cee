with cells as (
  select
    c.*,
    c.is_staff_partial or c.is_sold_partial as is_partial,
    p.impute_transfer_staff = 'last_value_times_matched_growth' as is_imputing
  from survey_cells c
  cross join parameters p
  where c.institutions > 0
)
select
  institution_type, '_T' as breakdown,
  sold as numerator,
  case when is_imputing then staff + coalesce(imputed_staff, 0) else staff end as denominator,
  staffed as records,
  case when is_imputing and sold is not null and staff is not null and imputed_staff > 0 then 'I' end as status,
  is_partial,
  staffed as contributors_seller
from cells
union all
select
  institution_type, 'basis=reported',
  sold,
  staff,
  staffed,
  null,
  is_partial,
  staffed
from cells
where is_imputing
