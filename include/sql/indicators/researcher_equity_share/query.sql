select
  institution_type,
  breakdown,
  researcher_equity_value as numerator,
  shared_equity_value as denominator,
  shared as records,
  is_shared_partial as is_partial,
  sharing_sellers as contributors_seller
from contract_equity_cells
