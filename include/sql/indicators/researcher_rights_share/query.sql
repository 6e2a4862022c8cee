select
  a.institution_type,
  a.rights_shares as numerator,
  nullif(a.rights_stated, 0) as denominator,
  a.rights_stated as records,
  a.rights_stated < p.least_valued * a.registered_in_year as is_partial,
  a.rights_institutions as contributors_seller
from achievement_cells a
join parameters p on p.year = a.year
where a.field = '_T' and a.registered_in_year > 0
