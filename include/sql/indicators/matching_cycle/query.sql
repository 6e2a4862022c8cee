select
  partner,
  matching_days as numerator,
  nullif(timed_matches, 0) as denominator,
  timed_matches as records,
  timed_institutions as contributors_seller
from project_cells
where event = 'matched' and cut in ('', 'P')
