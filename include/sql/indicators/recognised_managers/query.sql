select
  partner,
  managers as value,
  recognitions as records
from recognised_manager_cells
