select
  cross_border as value,
  known as records,
  known < p.least_valued * certified as is_partial
from manager_cells
cross join parameters p
