-- Answers to the survey of institutions by type: staff, who is missing since last year and what they had then, and what the
-- institutions of each type sold, whether they answered or not.
-- A type reports staff where one institution of it does; asked and sold are of these types alone.
-- imputed_staff: last year's staff of those missing times the growth of those of the same type that reported staff in both
-- years, in whole persons, so that types add up; none where fewer than ten did.
with answers as (
  select
    institution_type,
    count(*) filter (where answered_before) as institutions_before,
    count(*) filter (where answered) as institutions,
    count(*) filter (where is_missing) as missing,
    count(staff) as staffed,
    sum(staff) as staff,
    sum(staff_before) as staff_before,
    sum(staff_before) filter (where is_missing) as lost_staff,
    sum(value_before) filter (where is_missing) as lost_value,
    count(staff + staff_before) as matched,
    sum(staff) filter (where staff_before is not null) as matched_staff,
    sum(staff_before) filter (where staff is not null) as matched_staff_before
  from survey_institutions
  group by institution_type
),
sales as (
  select
    f.institution_type,
    count(*) filter (where f.reference_year = p.year) as contracts,
    count(f.value) filter (where f.reference_year = p.year) as valued,
    sum(f.value) filter (where f.reference_year = p.year) as value,
    count(*) filter (where f.reference_year < p.year) as contracts_before,
    count(f.value) filter (where f.reference_year < p.year) as valued_before,
    sum(f.value) filter (where f.reference_year < p.year) as value_before
  from contract_flows f
  cross join parameters p
  group by f.institution_type
),
types as (
  select
    coalesce(a.institution_type, s.institution_type) as institution_type,
    a.institutions_before, a.institutions, a.missing, a.staffed, a.staff, a.staff_before, a.lost_staff, a.lost_value,
    s.contracts_before, s.valued_before, s.value_before,
    case when a.staffed > 0 then a.institutions end as asked,
    case when a.staffed > 0 then s.contracts end as contracts,
    case when a.staffed > 0 then s.valued end as valued,
    case when a.staffed > 0 then s.value end as sold,
    case
      when a.matched >= 10 and a.matched_staff_before > 0
        then round(cast(a.lost_staff as double) * a.matched_staff / a.matched_staff_before)
    end as imputed_staff
  from answers a
  full join sales s on s.institution_type = a.institution_type
),
leaves as (
  select
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    sum(institutions_before) as institutions_before, sum(institutions) as institutions, sum(missing) as missing,
    sum(asked) as asked, sum(staffed) as staffed, sum(staff) as staff, sum(staff_before) as staff_before,
    sum(lost_staff) as lost_staff, sum(imputed_staff) as imputed_staff, sum(lost_value) as lost_value,
    sum(contracts) as contracts, sum(valued) as valued, sum(sold) as sold,
    sum(contracts_before) as contracts_before, sum(valued_before) as valued_before, sum(value_before) as value_before
  from types
  group by grouping sets ((), (institution_type))
),
sums as (
  select
    i.institution_type,
    sum(l.institutions_before) as institutions_before, sum(l.institutions) as institutions, sum(l.missing) as missing,
    sum(l.asked) as asked, sum(l.staffed) as staffed, sum(l.staff) as staff, sum(l.staff_before) as staff_before,
    sum(l.lost_staff) as lost_staff, sum(l.imputed_staff) as imputed_staff, sum(l.lost_value) as lost_value,
    sum(l.contracts) as contracts, sum(l.valued) as valued, sum(l.sold) as sold,
    sum(l.contracts_before) as contracts_before, sum(l.valued_before) as valued_before, sum(l.value_before) as value_before
  from leaves l
  join institution_type_members i on i.code = l.institution_type
  group by i.institution_type
),
members as (
  select i.institution_type, s.institution, s.staff, s.is_missing, s.staff_before, s.value_before
  from survey_institutions s
  join institution_type_members i on i.code = s.institution_type
  union all
  select '_T', s.institution, s.staff, s.is_missing, s.staff_before, s.value_before
  from survey_institutions s
),
ranked as (
  select
    institution_type, is_missing, staff, staff_before, value_before,
    row_number() over (partition by institution_type order by staff desc nulls last, institution) as staff_place,
    row_number() over (
      partition by institution_type, is_missing order by staff_before desc nulls last, institution
    ) as lost_staff_place,
    row_number() over (
      partition by institution_type, is_missing order by value_before desc nulls last, institution
    ) as lost_value_place
  from members
),
contributors as (
  select
    institution_type,
    max(staff) filter (where staff_place = 1) as largest_staff,
    max(staff) filter (where staff_place = 2) as second_staff,
    count(staff_before) filter (where is_missing) as missing_staffed,
    max(staff_before) filter (where is_missing and lost_staff_place = 1) as largest_lost_staff,
    max(staff_before) filter (where is_missing and lost_staff_place = 2) as second_lost_staff,
    count(value_before) filter (where is_missing) as missing_sellers,
    max(value_before) filter (where is_missing and lost_value_place = 1) as largest_lost_value,
    max(value_before) filter (where is_missing and lost_value_place = 2) as second_lost_value
  from ranked
  group by institution_type
)
select
  s.institution_type,
  cast(coalesce(s.institutions_before, 0) as bigint) as institutions_before,
  cast(coalesce(s.institutions, 0) as bigint) as institutions,
  cast(coalesce(s.missing, 0) as bigint) as missing,
  cast(coalesce(s.staffed, 0) as bigint) as staffed,
  cast(s.staff as bigint) as staff,
  cast(s.staff_before as bigint) as staff_before,
  cast(s.lost_staff as bigint) as lost_staff,
  cast(s.imputed_staff as decimal(38, 0)) as imputed_staff,
  s.staffed < p.least_valued * s.asked as is_staff_partial,
  cast(s.sold as decimal(38, 6)) as sold,
  s.valued < p.least_valued * s.contracts as is_sold_partial,
  cast(coalesce(s.contracts_before, 0) as bigint) as contracts_before,
  cast(s.value_before as decimal(38, 6)) as value_before,
  s.valued_before < p.least_valued * s.contracts_before as is_value_before_partial,
  cast(s.lost_value as decimal(38, 6)) as lost_value,
  cast(c.largest_staff as bigint) as largest_staff,
  cast(c.second_staff as bigint) as second_staff,
  coalesce(c.missing_staffed, 0) as missing_staffed,
  cast(c.largest_lost_staff as bigint) as largest_lost_staff,
  cast(c.second_lost_staff as bigint) as second_lost_staff,
  coalesce(c.missing_sellers, 0) as missing_sellers,
  cast(c.largest_lost_value as decimal(38, 6)) as largest_lost_value,
  cast(c.second_lost_value as decimal(38, 6)) as second_lost_value
from sums s
cross join parameters p
left join contributors c on c.institution_type = s.institution_type
