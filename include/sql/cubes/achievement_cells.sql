-- Achievements registered in the five years that end with the edition's, by institution type and by field, and how many of
-- them were commercialized by its end.
with flows as (
  select
    r.institution_id as institution,
    coalesce(i.institution_type, '_U') as institution_type,
    coalesce(sm.code, '_U') as field,
    case when r.commercialized_date <= make_date(p.year, 12, 31) then 1 else 0 end as is_commercialized
  from achievements r
  cross join parameters p
  left join sector_members sm on sm.code = r.field and sm.sector = r.field and sm.level <> 'total'
  left join institution_profiles i
    on i.institution_id = r.institution_id and r.reference_year between i.year_from and i.year_to
  where r.reference_year between p.year - 4 and p.year
),
leaves as (
  select
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    case when grouping(field) = 1 then '_T' else field end as field,
    institution,
    count(*) as registered,
    sum(is_commercialized) as commercialized
  from flows
  group by grouping sets ((institution), (institution, institution_type), (institution, field))
)
select
  i.institution_type, s.sector as field,
  cast(sum(l.registered) as bigint) as registered,
  cast(sum(l.commercialized) as bigint) as commercialized,
  count(distinct l.institution) as institutions
from leaves l
join sector_members s on s.code = l.field
join institution_type_members i on i.code = l.institution_type
group by i.institution_type, s.sector
