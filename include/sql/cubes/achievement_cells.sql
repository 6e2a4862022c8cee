-- Achievements by institution type and by field, for the edition's year and for the year before: those registered in the
-- five years that end with `year`, and how many of them were commercialized by its end; those registered in `year`
-- itself, with the shares of rights (1 is all) of those that say one. `institutions` made those of the five years.
with flows as (
  select
    w.year, r.institution, r.institution_type, r.field,
    case when r.commercialized_date <= make_date(w.year, 12, 31) then 1 else 0 end as is_commercialized,
    case when r.reference_year = w.year then 1 else 0 end as is_new,
    case
      when r.reference_year = w.year then cast(r.researcher_rights_share / 100 as decimal(18, 6))
    end as rights_share
  from achievement_profiles r
  join (
    select year from parameters
    union all
    select year - 1 from parameters
  ) w on r.reference_year between w.year - 4 and w.year
),
leaves as (
  select
    year,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    case when grouping(field) = 1 then '_T' else field end as field,
    institution,
    count(*) as registered,
    sum(is_commercialized) as commercialized,
    sum(is_new) as registered_in_year,
    count(rights_share) as rights_stated,
    sum(rights_share) as rights_shares
  from flows
  group by grouping sets ((year, institution), (year, institution, institution_type), (year, institution, field))
)
select
  l.year, i.institution_type, s.sector as field,
  cast(sum(l.registered) as bigint) as registered,
  cast(sum(l.commercialized) as bigint) as commercialized,
  count(distinct l.institution) as institutions,
  cast(sum(l.registered_in_year) as bigint) as registered_in_year,
  cast(sum(l.rights_stated) as bigint) as rights_stated,
  cast(sum(l.rights_shares) as decimal(38, 6)) as rights_shares,
  count(distinct case when l.rights_stated > 0 then l.institution end) as rights_institutions
from leaves l
join sector_members s on s.code = l.field
join institution_type_members i on i.code = l.institution_type
group by l.year, i.institution_type, s.sector
