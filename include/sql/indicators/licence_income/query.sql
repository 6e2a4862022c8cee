-- Receipts of the year without any on a licence are an income of zero, and not a missing one.
select
  institution_type,
  amount as value,
  valued as records,
  is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from receipt_cells
where channel = 'license'
union all
select '_T', 0, 0, false, 0, 0, null, null
from receipt_cells
where
  cut = ''
  and exists (select 1 from receipt_cells where cut = 'C' and channel <> '_U')
  and not exists (select 1 from receipt_cells where channel = 'license')
