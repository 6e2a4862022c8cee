select
  partner, sector,
  concat('unit=', unit) as breakdown,
  unit,
  value,
  null as status,
  null as reason,
  measured as records,
  institutions as contributors_seller,
  largest,
  second
from monitoring_cells
where metric = 'capacity' and cut in ('U', 'PU', 'SU', 'PSU') and unit <> '_U'
union all
select partner, sector, '_T', null, null, 'M', 'mixed_units', measured, institutions, null, null
from monitoring_cells
where metric = 'capacity' and cut = ''
