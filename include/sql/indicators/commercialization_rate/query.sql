select
  a.institution_type,
  case when a.field = '_T' then '_T' else concat('field=', a.field) end as breakdown,
  a.commercialized as numerator,
  a.registered as denominator,
  a.registered as records,
  a.institutions as contributors_seller
from achievement_cells a
join parameters p on p.year = a.year
