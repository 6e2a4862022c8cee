select
  partner,
  projects as value,
  projects as records,
  institutions as contributors_seller,
  largest,
  second
from project_cells
where event = 'matched' and cut in ('', 'P')
union all
-- None matched is zero only where some project of the year is known.
select '_T', 0, 0, 0, null, null
where not exists (select 1 from project_cells where event = 'matched')
  and exists (select 1 from project_cells where event in ('screened', 'started'))
