-- A price in a currency without a rate is in no sum, but is a price of its tier.
select
  '_T' as breakdown,
  bid as numerator,
  valuation as denominator,
  compared as records,
  compared < p.least_valued * comparable as is_partial
from service_cells
cross join parameters p
union all
select
  concat('tier=', t.tier),
  case when t.tier = 'valuation' then valued when t.tier = 'listing' then listed else auctioned end,
  priced,
  priced,
  priced < p.least_valued * services
from service_cells
cross join parameters p
cross join (values ('valuation'), ('listing'), ('bidding')) as t(tier)
