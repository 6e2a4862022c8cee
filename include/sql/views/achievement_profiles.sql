-- Achievements, one row each, by the codes that cubes sum over.
select
  r.achievement_id,
  r.reference_year,
  r.institution_id as institution,
  coalesce(i.institution_type, '_U') as institution_type,
  coalesce(sm.code, '_U') as field,
  r.registered_date,
  r.commercialized_date,
  r.withdrawn_date,
  r.researcher_rights_share
from achievements r
left join sector_members sm on sm.code = r.field and sm.sector = r.field and sm.level <> 'total'
left join institution_profiles i
  on i.institution_id = r.institution_id and r.reference_year between i.year_from and i.year_to
