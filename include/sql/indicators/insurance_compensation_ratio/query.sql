select
  partner, sector,
  case when cause = '_T' then '_T' else concat('cause=', cause) end as breakdown,
  rated_compensation as numerator,
  rated_loss as denominator,
  rated as records,
  rated_institutions as contributors_seller
from insurance_cells
where cut in ('', 'P', 'S', 'X', 'PS', 'PX')
