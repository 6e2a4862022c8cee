select
  partner, sector, institution_type, delivery_model, '_T' as breakdown,
  projects as value,
  projects as records,
  institutions as contributors_seller,
  largest,
  second
from project_cells
union all
select
  '_T', '_T', '_T', '_T',
  concat('institution=', i.written),
  count(*),
  count(*),
  1,
  count(*),
  null
from project_flows f
join written_codes i on i.code = f.institution
group by i.written
