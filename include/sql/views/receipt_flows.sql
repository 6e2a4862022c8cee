-- Money received in the edition's year, one row per receipt, with the channel of its contract and the seller's type of that
-- year. A receipt on a contract that was amended belongs to the amendment that counts, over up to four amendments of each
-- other: no further, since not every engine can follow a chain to its end. amount is CNY at the average rate of the year of
-- receipt, null where there is no rate.
with received as (
  select r.contract_id, cast(r.amount * x.cny_per_unit as decimal(38, 6)) as amount
  from receipts r
  cross join parameters p
  left join rates x on x.currency = coalesce(r.currency, 'CNY') and x.year = r.reference_year
  where r.reference_year = p.year
),
amended_once as (
  select distinct a.amends_contract_id as contract_id, a.contract_id as later_id
  from contracts_amendments a
  where a.amends_contract_id in (select contract_id from received)
),
amended_twice as (
  select distinct e.contract_id, a.contract_id as later_id
  from amended_once e
  join contracts_amendments a on a.amends_contract_id = e.later_id
),
amended_thrice as (
  select distinct e.contract_id, a.contract_id as later_id
  from amended_twice e
  join contracts_amendments a on a.amends_contract_id = e.later_id
),
amended_four_times as (
  select distinct e.contract_id, a.contract_id as later_id
  from amended_thrice e
  join contracts_amendments a on a.amends_contract_id = e.later_id
),
chains as (
  select distinct contract_id, 0 as steps, contract_id as standing_id from received
  union all
  select contract_id, 1, later_id from amended_once
  union all
  select contract_id, 2, later_id from amended_twice
  union all
  select contract_id, 3, later_id from amended_thrice
  union all
  select contract_id, 4, later_id from amended_four_times
),
known as (
  select
    e.contract_id, e.steps, e.standing_id, c.channel, c.seller_id, c.seller_name, c.buyer_id, c.buyer_name
  from chains e
  join contracts c on c.contract_id = e.standing_id
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
