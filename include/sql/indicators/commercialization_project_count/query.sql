select
  partner, sector, institution_type, delivery_model, '_T' as breakdown,
  projects as value,
  projects as records,
  institutions as contributors_seller,
  largest,
  second
from project_cells
where event = 'started' and cut in ('', 'P', 'S', 'I', 'D', 'PS', 'PI', 'PD')
union all
select
  '_T', '_T', '_T', '_T',
  concat('institution=', i.written),
  count(*),
  count(*),
  1,
  count(*),
  null
from project_events f
join written_project_codes i on i.code = f.institution
where f.event = 'started'
group by i.written
