select
  institution_type,
  breakdown,
  equity_value as value,
  valued as records,
  is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from contract_equity_cells
