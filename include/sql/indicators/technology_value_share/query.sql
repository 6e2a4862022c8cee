select
  c.sector, c.channel,
  c.technology_value as numerator,
  c.value_with_technology as denominator,
  c.technology_valued as records,
  c.technology_valued < p.least_valued * c.contracts as is_partial,
  c.sellers as contributors_seller,
  c.buyers as contributors_buyer
from contract_cells c
cross join parameters p
where c.cut in ('', 'S', 'C')
