select
  channel, institution_type,
  amount as value,
  valued as records,
  is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from receipt_cells
where cut in ('', 'C', 'I')
