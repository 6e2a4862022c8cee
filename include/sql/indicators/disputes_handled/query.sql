select
  partner,
  case when subject = '_T' then '_T' else concat('subject=', subject) end as breakdown,
  cases as value,
  cases as records
from dispute_cells
union all
-- None open is zero only where some case is known by then.
select '_T', '_T', 0, 0
where not exists (select 1 from dispute_cells)
  and exists (select 1 from disputes r join parameters p on r.reference_year <= p.year)
