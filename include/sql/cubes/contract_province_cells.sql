-- Contracts of the year by province: output by the seller's, input by the buyer's.
with flows as (
  select f.* from contract_flows f join parameters p on f.reference_year = p.year
),
leaves as (
  select
    'output' as direction,
    case when grouping(seller_province) = 1 then '_T' else seller_province end as province,
    count(*) as contracts, count(value) as valued, sum(value) as value
  from flows
  group by grouping sets ((), (seller_province))
  union all
  select
    'input' as direction,
    case when grouping(buyer_province) = 1 then '_T' else buyer_province end as province,
    count(*) as contracts, count(value) as valued, sum(value) as value
  from flows
  group by grouping sets ((), (buyer_province))
),
cells as (
  select
    l.direction, a.province,
    cast(sum(l.contracts) as bigint) as contracts,
    cast(sum(l.valued) as bigint) as valued,
    cast(sum(l.value) as decimal(38, 6)) as value
  from leaves l
  join area_members a on a.code = l.province
  group by l.direction, a.province
)
select c.*, c.valued < p.least_valued * c.contracts as is_partial
from cells c
cross join parameters p
