select
  certified as value,
  certified as records
from manager_cells
