-- An institution's type and province from year_from to year_to: as it last said, and before its first year as it first said.
select
  institution_id,
  coalesce(t.code, '_U') as institution_type,
  coalesce(a.code, '_U') as province,
  case when lag(i.year) over one is null then 0 else i.year end as year_from,
  coalesce(lead(i.year) over one - 1, 9999) as year_to
from institutions i
left join institution_type_members t on t.code = i.type and t.institution_type = i.type and t.level <> 'total'
left join area_members a on a.code = i.province and a.province = i.province and a.level <> 'total'
where i.institution_id is not null and i.year is not null
window one as (partition by i.institution_id order by i.year, i.type, i.province)
