select
  partner, sector,
  case when cut like '%X' then concat('expected_year=', detail) else '_T' end as breakdown,
  projects as value,
  projects as records,
  institutions as contributors_seller,
  largest,
  second
from project_cells
where event = 'expected' and cut in ('', 'P', 'S', 'PS', 'X', 'PX', 'PSX')
union all
-- None expected is zero only where some project of the year is known.
select '_T', '_T', '_T', 0, 0, 0, null, null
where not exists (select 1 from project_cells where event = 'expected')
  and exists (select 1 from project_cells where event in ('screened', 'started'))
