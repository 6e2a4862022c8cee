-- Services of technology managers in the year: how they were priced, in CNY at the average rate of the year. compared are
-- the services with a valuation and a price by bidding.
with services as (
  select
    s.valuation_price, s.listing_price, s.bid_price,
    cast(s.valuation_price * x.cny_per_unit as decimal(38, 6)) as valuation,
    cast(s.bid_price * x.cny_per_unit as decimal(38, 6)) as bid
  from manager_services s
  join parameters p on s.reference_year = p.year
  left join rates x on x.currency = coalesce(s.currency, 'CNY') and x.year = s.reference_year
)
select
  count(*) as services,
  count(*) filter (where valuation_price is not null or listing_price is not null or bid_price is not null) as priced,
  count(valuation_price) as valued,
  count(listing_price) as listed,
  count(bid_price) as auctioned,
  count(*) filter (where valuation_price is not null and bid_price is not null) as comparable,
  count(*) filter (where valuation is not null and bid is not null) as compared,
  cast(sum(valuation) filter (where bid is not null) as decimal(38, 6)) as valuation,
  cast(sum(bid) filter (where valuation is not null) as decimal(38, 6)) as bid
from services
having count(*) > 0
