-- Projects started in the edition's year, one row each, by the codes that cubes sum over; amounts in CNY at the average
-- rate of that year, null where there is no rate.
select
  r.project_id,
  r.institution_id as institution,
  coalesce(l.country, '_U') as country,
  coalesce(sm.code, '_U') as sector,
  coalesce(i.institution_type, '_U') as institution_type,
  coalesce(nullif(r.delivery_model, '_T'), '_U') as delivery_model,
  cast(r.procurement_total * x.cny_per_unit as decimal(38, 6)) as procurement_total,
  cast(r.procurement_local * x.cny_per_unit as decimal(38, 6)) as procurement_local
from projects r
cross join parameters p
left join places l on l.country = r.partner
left join sector_members sm on sm.code = r.sector and sm.sector = r.sector and sm.level <> 'total'
left join institution_profiles i
  on i.institution_id = r.institution_id and r.reference_year between i.year_from and i.year_to
left join rates x on x.currency = coalesce(r.currency, 'CNY') and x.year = r.reference_year
where r.reference_year = p.year and r.start_date is not null
