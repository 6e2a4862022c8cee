-- Projects started in the year by partner, sector, institution type and delivery model, and their contributors.
-- Procurement is summed over projects that say both the total and the local part.
with leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    case when grouping(delivery_model) = 1 then '_T' else delivery_model end as delivery_model,
    institution,
    count(*) as projects,
    count(procurement_total + procurement_local) as procured,
    sum(procurement_total) filter (where procurement_local is not null) as procurement_total,
    sum(procurement_local) filter (where procurement_total is not null) as procurement_local
  from project_flows
  group by grouping sets (
    (institution), (institution, country), (institution, sector), (institution, institution_type),
    (institution, delivery_model), (institution, country, sector), (institution, country, institution_type),
    (institution, country, delivery_model)
  )
),
cells as (
  select
    m.partner, s.sector, i.institution_type, l.delivery_model, l.institution,
    sum(l.projects) as projects, sum(l.procured) as procured,
    sum(l.procurement_total) as procurement_total, sum(l.procurement_local) as procurement_local
  from leaves l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  join sector_members s on s.code = l.sector
  join institution_type_members i on i.code = l.institution_type
  group by m.partner, s.sector, i.institution_type, l.delivery_model, l.institution
),
ranked as (
  select
    c.*,
    row_number() over (
      partition by partner, sector, institution_type, delivery_model, institution is null
      order by projects desc, institution
    ) as place
  from cells c
)
select
  concat(
    case when partner = '_T' then '' else 'P' end,
    case when sector = '_T' then '' else 'S' end,
    case when institution_type = '_T' then '' else 'I' end,
    case when delivery_model = '_T' then '' else 'D' end
  ) as cut,
  partner, sector, institution_type, delivery_model,
  cast(sum(projects) as bigint) as projects,
  cast(sum(procured) as bigint) as procured,
  cast(sum(procurement_total) as decimal(38, 6)) as procurement_total,
  cast(sum(procurement_local) as decimal(38, 6)) as procurement_local,
  count(institution) as institutions,
  count(institution) filter (where procured > 0) as procuring_institutions,
  cast(max(projects) filter (where place = 1 and institution is not null) as bigint) as largest,
  cast(max(projects) filter (where place = 2 and institution is not null) as bigint) as second
from ranked
group by partner, sector, institution_type, delivery_model
