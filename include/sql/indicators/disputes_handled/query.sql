select
  partner,
  case when subject = '_T' then '_T' else concat('subject=', subject) end as breakdown,
  cases as value,
  cases as records
from dispute_cells
