select
  m.certified as numerator,
  cast(c.value as double) / 1000000000 as denominator,
  m.certified as records,
  c.is_partial
from manager_cells m
join contract_cells c on c.cut = ''
