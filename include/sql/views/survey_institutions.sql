-- Institutions that answered the survey of the edition's year or of the year before, one row each, with what they sold in
-- both years, in CNY. is_missing: answered in the year before and not in this one; where nobody has answered this year,
-- there was no survey, and nobody is missing.
with answers as (
  select
    i.institution_id as institution,
    max(i.name_zh) as name_zh,
    max(i.name_en) as name_en,
    max(case when i.reference_year = p.year - 1 then 1 else 0 end) as answered_before,
    max(case when i.reference_year = p.year then 1 else 0 end) as answered,
    max(i.transfer_staff) filter (where i.reference_year = p.year - 1) as staff_before,
    max(i.transfer_staff) filter (where i.reference_year = p.year) as staff
  from institutions i
  cross join parameters p
  where i.reference_year between p.year - 1 and p.year and i.institution_id is not null
  group by i.institution_id
),
sales as (
  select
    f.seller_id,
    sum(f.value) filter (where f.reference_year = p.year - 1) as value_before,
    sum(f.value) filter (where f.reference_year = p.year) as value,
    count(*) filter (where f.reference_year = p.year) as contracts
  from contract_flows f
  cross join parameters p
  where f.seller_id is not null
  group by f.seller_id
)
select
  a.institution, a.name_zh, a.name_en,
  coalesce(i.institution_type, '_U') as institution_type,
  coalesce(i.province, '_U') as province,
  a.answered_before = 1 as answered_before,
  a.answered = 1 as answered,
  a.answered = 0 and max(a.answered) over () = 1 as is_missing,
  a.staff_before,
  a.staff,
  cast(s.value_before as decimal(38, 6)) as value_before,
  cast(s.value as decimal(38, 6)) as value,
  coalesce(s.contracts, 0) as contracts
from answers a
cross join parameters p
left join institution_profiles i on i.institution_id = a.institution and p.year between i.year_from and i.year_to
left join sales s on s.seller_id = a.institution
