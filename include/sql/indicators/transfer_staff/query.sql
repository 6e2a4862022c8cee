-- Where the programme imputes, the figure holds what was imputed, and `basis=reported` what was reported.
with cells as (
  select c.*, p.impute_transfer_staff = 'last_value_times_matched_growth' as is_imputing
  from survey_cells c
  cross join parameters p
  where c.institutions > 0
)
select
  institution_type, '_T' as breakdown,
  case when is_imputing then staff + coalesce(imputed_staff, 0) else staff end as value,
  staffed as records,
  case when is_imputing and staff is not null and imputed_staff > 0 then 'I' end as status,
  is_staff_partial as is_partial,
  staffed as contributors_seller,
  largest_staff as largest,
  second_staff as second
from cells
union all
select
  institution_type, 'basis=reported',
  staff,
  staffed,
  null,
  is_staff_partial,
  staffed,
  largest_staff,
  second_staff
from cells
where is_imputing
