-- Institutions that are missing from the survey since last year, with what they had then, in CNY, and its share in per cent
-- of last year's total; contracts is how many of theirs are known in this year all the same.
select
  s.institution, s.name_zh, s.name_en, s.institution_type, s.province,
  s.staff_before,
  cast(s.value_before as decimal(38, 2)) as value_before,
  round(100 * cast(s.staff_before as double) / nullif(cast(a.staff_before as double), 0), 6) as staff_share,
  round(100 * cast(s.value_before as double) / nullif(cast(v.value_before as double), 0), 6) as value_share,
  s.contracts
from survey_institutions s
cross join (select sum(staff_before) as staff_before from survey_institutions) a
cross join (
  select sum(f.value) as value_before from contract_flows f join parameters p on f.reference_year = p.year - 1
) v
where s.is_missing
