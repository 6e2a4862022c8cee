-- Contract value imputed for institutions that answered the survey of the year before and not this one, and of which no
-- contract of this year is known: last year's value times the growth of those of the same type that answered in both years.
-- None where fewer than ten of these sold in both. In whole fen, so that types add up.
with types as (
  select
    institution_type,
    count(*) filter (where is_missing and contracts = 0 and value_before > 0) as institutions,
    sum(value_before) filter (where is_missing and contracts = 0) as lost_value,
    count(*) filter (where answered and answered_before and value > 0 and value_before > 0) as matched,
    sum(value) filter (where answered and answered_before) as matched_value,
    sum(value_before) filter (where answered and answered_before) as matched_value_before
  from survey_institutions
  group by institution_type
),
imputed as (
  select
    institution_type, institutions,
    cast(
      round(cast(lost_value as double) * cast(matched_value as double) / cast(matched_value_before as double), 2)
      as decimal(38, 6)
    ) as value
  from types
  where institutions > 0 and matched >= 10 and matched_value_before > 0
),
leaves as (
  select
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    sum(institutions) as institutions,
    sum(value) as value
  from imputed
  group by grouping sets ((), (institution_type))
)
select
  i.institution_type,
  cast(sum(l.institutions) as bigint) as institutions,
  cast(sum(l.value) as decimal(38, 6)) as value
from leaves l
join institution_type_members i on i.code = l.institution_type
where l.value is not null
group by i.institution_type
