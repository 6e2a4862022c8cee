-- Contracts of the year by partner, sector, channel, institution type of the seller and platform, and their contributors.
-- `cut` names the dimensions that are not summed over, by their initials: P, S, C, I, F.
with flows as (
  select f.* from contract_flows f join parameters p on f.reference_year = p.year
),
by_seller as (
  select
    country, sector, channel, institution_type, platform, seller,
    count(*) as contracts, count(value) as valued, sum(value) as value
  from flows
  group by country, sector, channel, institution_type, platform, seller
),
by_buyer as (
  select distinct country, sector, channel, institution_type, platform, buyer from flows where buyer is not null
),
seller_leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(channel) = 1 then '_T' else channel end as channel,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    case when grouping(platform) = 1 then '_T' else platform end as platform,
    seller,
    sum(contracts) as contracts, sum(valued) as valued, sum(value) as value
  from by_seller
  group by grouping sets (
    (seller), (seller, country), (seller, sector), (seller, channel), (seller, institution_type), (seller, platform),
    (seller, country, sector), (seller, country, channel), (seller, country, institution_type),
    (seller, country, platform), (seller, sector, channel), (seller, country, platform, sector)
  )
),
buyer_leaves as (
  select
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(channel) = 1 then '_T' else channel end as channel,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    case when grouping(platform) = 1 then '_T' else platform end as platform,
    buyer
  from by_buyer
  group by grouping sets (
    (buyer), (buyer, country), (buyer, sector), (buyer, channel), (buyer, institution_type), (buyer, platform),
    (buyer, country, sector), (buyer, country, channel), (buyer, country, institution_type),
    (buyer, country, platform), (buyer, sector, channel), (buyer, country, platform, sector)
  )
),
seller_cells as (
  select
    m.partner, s.sector, l.channel, i.institution_type, l.platform, l.seller,
    sum(l.contracts) as contracts, sum(l.valued) as valued, sum(l.value) as value
  from seller_leaves l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  join sector_members s on s.code = l.sector
  join institution_type_members i on i.code = l.institution_type
  group by m.partner, s.sector, l.channel, i.institution_type, l.platform, l.seller
),
largest_sellers as (
  select
    partner, sector, channel, institution_type, platform,
    max(value) as largest, max(contracts) as most_contracts
  from seller_cells
  where seller is not null
  group by partner, sector, channel, institution_type, platform
),
cells as (
  select
    c.partner, c.sector, c.channel, c.institution_type, c.platform,
    sum(c.contracts) as contracts, sum(c.valued) as valued, sum(c.value) as value,
    count(c.seller) as sellers, max(t.largest) as largest,
    case
      when count(c.seller) filter (where c.value = t.largest) > 1 then max(t.largest)
      else max(c.value) filter (where c.seller is not null and c.value < t.largest)
    end as second,
    max(t.most_contracts) as most_contracts,
    case
      when count(c.seller) filter (where c.contracts = t.most_contracts) > 1 then max(t.most_contracts)
      else max(c.contracts) filter (where c.seller is not null and c.contracts < t.most_contracts)
    end as second_most_contracts
  from seller_cells c
  left join largest_sellers t
    on t.partner = c.partner and t.sector = c.sector and t.channel = c.channel
    and t.institution_type = c.institution_type and t.platform = c.platform
  group by c.partner, c.sector, c.channel, c.institution_type, c.platform
),
buyers as (
  select m.partner, s.sector, l.channel, i.institution_type, l.platform, count(distinct l.buyer) as buyers
  from buyer_leaves l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  join sector_members s on s.code = l.sector
  join institution_type_members i on i.code = l.institution_type
  group by m.partner, s.sector, l.channel, i.institution_type, l.platform
)
select
  concat(
    case when c.partner = '_T' then '' else 'P' end,
    case when c.platform = '_T' then '' else 'F' end,
    case when c.sector = '_T' then '' else 'S' end,
    case when c.channel = '_T' then '' else 'C' end,
    case when c.institution_type = '_T' then '' else 'I' end
  ) as cut,
  c.partner, c.sector, c.channel, c.institution_type, c.platform,
  cast(c.contracts as bigint) as contracts,
  cast(c.valued as bigint) as valued,
  cast(c.value as decimal(38, 6)) as value,
  c.valued < p.least_valued * c.contracts as is_partial,
  c.sellers, coalesce(b.buyers, 0) as buyers,
  cast(c.largest as decimal(38, 6)) as largest,
  cast(c.second as decimal(38, 6)) as second,
  cast(c.most_contracts as bigint) as most_contracts,
  cast(c.second_most_contracts as bigint) as second_most_contracts
from cells c
cross join parameters p
left join buyers b
  on b.partner = c.partner and b.sector = c.sector and b.channel = c.channel
  and b.institution_type = c.institution_type and b.platform = c.platform
