-- Contracts of the year that say how the price was found, by pricing mechanism and institution type of the seller, and
-- their contributors.
with flows as (
  select f.pricing_mechanism as mechanism, f.institution_type, f.seller, f.buyer
  from contract_flows f
  join parameters p on f.reference_year = p.year
  where f.pricing_mechanism is not null
),
seller_leaves as (
  select
    case when grouping(mechanism) = 1 then '_T' else mechanism end as mechanism,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    seller,
    count(*) as contracts
  from flows
  group by grouping sets (
    (seller), (seller, mechanism), (seller, institution_type), (seller, mechanism, institution_type)
  )
),
sellers as (
  select
    l.mechanism, i.institution_type, l.seller,
    sum(l.contracts) as contracts,
    row_number() over (
      partition by l.mechanism, i.institution_type, l.seller is null order by sum(l.contracts) desc, l.seller
    ) as place
  from seller_leaves l
  join institution_type_members i on i.code = l.institution_type
  group by l.mechanism, i.institution_type, l.seller
),
buyer_leaves as (
  select
    case when grouping(mechanism) = 1 then '_T' else mechanism end as mechanism,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    buyer
  from flows
  where buyer is not null
  group by grouping sets (
    (buyer), (buyer, mechanism), (buyer, institution_type), (buyer, mechanism, institution_type)
  )
),
buyers as (
  select l.mechanism, i.institution_type, count(distinct l.buyer) as buyers
  from buyer_leaves l
  join institution_type_members i on i.code = l.institution_type
  group by l.mechanism, i.institution_type
)
select
  s.mechanism, s.institution_type,
  cast(sum(s.contracts) as bigint) as contracts,
  count(s.seller) as sellers,
  coalesce(max(b.buyers), 0) as buyers,
  cast(max(s.contracts) filter (where s.place = 1 and s.seller is not null) as bigint) as largest,
  cast(max(s.contracts) filter (where s.place = 2 and s.seller is not null) as bigint) as second
from sellers s
left join buyers b on b.mechanism = s.mechanism and b.institution_type = s.institution_type
group by s.mechanism, s.institution_type
