-- Money received in the edition's year, one row per receipt, with the channel of its contract and the seller's type of that
-- year. A receipt on a contract that was amended belongs to the amendment. amount is CNY at the average rate of the year of
-- receipt, null where there is no rate.
with received as (
  select r.contract_id, cast(r.amount * x.cny_per_unit as decimal(38, 6)) as amount
  from receipts r
  cross join parameters p
  left join rates x on x.currency = coalesce(r.currency, 'CNY') and x.year = r.reference_year
  where r.reference_year = p.year
),
known as (
  select contract_id, 0 as steps, contract_id as standing_id, channel, seller_id, seller_name, buyer_id, buyer_name
  from contracts
  where contract_id in (select contract_id from received)
  union all
  select amends_contract_id, 1, contract_id, channel, seller_id, seller_name, buyer_id, buyer_name
  from contracts
  where amends_contract_id in (select contract_id from received)
),
standing as (
  select
    k.*,
    row_number() over (partition by contract_id order by steps, standing_id, channel, seller_id, seller_name) as place
  from known k
)
select
  r.contract_id,
  coalesce(s.seller_id, s.seller_name) as seller,
  coalesce(s.buyer_id, s.buyer_name) as buyer,
  coalesce(nullif(s.channel, '_T'), '_U') as channel,
  coalesce(i.institution_type, '_U') as institution_type,
  r.amount
from received r
cross join parameters p
left join standing s on s.contract_id = r.contract_id and s.place = 1
left join institution_profiles i on i.institution_id = s.seller_id and p.year between i.year_from and i.year_to
