-- Money received in the year by channel and institution type of the seller, and its contributors.
-- `cut` names the dimensions that are not summed over, by their initials: C, I.
with seller_leaves as (
  select
    case when grouping(channel) = 1 then '_T' else channel end as channel,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    seller,
    count(*) as receipts, count(amount) as valued, sum(amount) as amount
  from receipt_flows
  group by grouping sets ((seller), (seller, channel), (seller, institution_type), (seller, channel, institution_type))
),
buyer_leaves as (
  select
    case when grouping(channel) = 1 then '_T' else channel end as channel,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    buyer
  from receipt_flows
  where buyer is not null
  group by grouping sets ((buyer), (buyer, channel), (buyer, institution_type), (buyer, channel, institution_type))
),
seller_cells as (
  select
    l.channel, i.institution_type, l.seller,
    sum(l.receipts) as receipts, sum(l.valued) as valued, sum(l.amount) as amount
  from seller_leaves l
  join institution_type_members i on i.code = l.institution_type
  group by l.channel, i.institution_type, l.seller
),
ranked as (
  select
    c.*,
    row_number() over (
      partition by channel, institution_type, seller is null order by amount desc nulls last, seller
    ) as place
  from seller_cells c
),
buyers as (
  select l.channel, i.institution_type, count(distinct l.buyer) as buyers
  from buyer_leaves l
  join institution_type_members i on i.code = l.institution_type
  group by l.channel, i.institution_type
),
cells as (
  select
    channel, institution_type,
    cast(sum(receipts) as bigint) as receipts,
    cast(sum(valued) as bigint) as valued,
    cast(sum(amount) as decimal(38, 6)) as amount,
    count(seller) as sellers,
    cast(max(amount) filter (where place = 1 and seller is not null) as decimal(38, 6)) as largest,
    cast(max(amount) filter (where place = 2 and seller is not null) as decimal(38, 6)) as second
  from ranked
  group by channel, institution_type
)
select
  concat(
    case when c.channel = '_T' then '' else 'C' end,
    case when c.institution_type = '_T' then '' else 'I' end
  ) as cut,
  c.*,
  c.valued < p.least_valued * c.receipts as is_partial,
  coalesce(b.buyers, 0) as buyers
from cells c
cross join parameters p
left join buyers b on b.channel = c.channel and b.institution_type = c.institution_type
