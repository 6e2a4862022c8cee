-- Where contracts are there and name no seller, the figure is missing and not zero.
select
  sector, institution_type, province,
  institutions as value,
  contracts as records,
  institutions as contributors_seller
from active_seller_cells
union all
select '_T', '_T', '_T', null, 0, null
from parameters
where
  not exists (select 1 from active_seller_cells)
  and exists (select 1 from contract_flows f join parameters p on f.reference_year = p.year)
