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
  concat('institution=', replace(replace(institution, ';', '_'), '=', '_')),
  count(*),
  count(*),
  1,
  count(*),
  null
from project_flows
where institution is not null
group by institution
