select
  partner, sector, channel, institution_type, platform,
  contracts as value,
  contracts as records,
  sellers as contributors_seller,
  buyers as contributors_buyer
from contract_cells
where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF')
