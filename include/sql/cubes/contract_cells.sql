-- Contracts of the year by partner, sector, channel, institution type of the seller and platform, with contributors.
-- `cut` names the dimensions that are not summed over, by their initials: P, F, S, C, I.
-- technology_value and value_with_technology are summed over contracts that say both the value and its technology part.
-- Parties go by numbers here, which are grouped by in half the room of names.
with parties as (
  select party, row_number() over (order by party) as number
  from (select seller as party from contract_flows union select buyer from contract_flows) n
  where party is not null
),
flows as (
  select l.leaf, s.number as seller, b.number as buyer, f.value, f.technology_value
  from contract_flows f
  join parameters p on f.reference_year = p.year
  join contract_leaves l
    on l.country = f.country and l.sector = f.sector and l.channel = f.channel
    and l.institution_type = f.institution_type and l.platform = f.platform
  left join parties s on s.party = f.seller
  left join parties b on b.party = f.buyer
),
sums as (
  select
    c.cell,
    sum(f.contracts) as contracts, sum(f.valued) as valued, sum(f.value) as value,
    sum(f.technology_valued) as technology_valued, sum(f.technology_value) as technology_value,
    sum(f.value_with_technology) as value_with_technology
  from (
    select
      leaf,
      count(*) as contracts, count(value) as valued, sum(value) as value,
      count(value + technology_value) as technology_valued,
      sum(technology_value) filter (where value is not null) as technology_value,
      sum(value) filter (where technology_value is not null) as value_with_technology
    from flows
    group by leaf
  ) f
  join contract_leaf_cells c on c.leaf = f.leaf
  group by c.cell
),
seller_cells as (
  select c.cell, f.seller, sum(f.contracts) as contracts, sum(f.value) as value
  from (
    select leaf, seller, count(*) as contracts, sum(value) as value
    from flows
    where seller is not null
    group by leaf, seller
  ) f
  join contract_leaf_cells c on c.leaf = f.leaf
  group by c.cell, f.seller
),
largest_sellers as (
  select cell, max(value) as largest, max(contracts) as most_contracts
  from seller_cells
  group by cell
),
sellers as (
  select
    c.cell,
    count(*) as sellers, max(t.largest) as largest,
    case
      when count(*) filter (where c.value = t.largest) > 1 then max(t.largest)
      else max(c.value) filter (where c.value < t.largest)
    end as second,
    max(t.most_contracts) as most_contracts,
    case
      when count(*) filter (where c.contracts = t.most_contracts) > 1 then max(t.most_contracts)
      else max(c.contracts) filter (where c.contracts < t.most_contracts)
    end as second_most_contracts
  from seller_cells c
  join largest_sellers t on t.cell = c.cell
  group by c.cell
),
buyers as (
  select b.cell, count(*) as buyers
  from (
    select distinct c.cell, f.buyer
    from (select distinct leaf, buyer from flows where buyer is not null) f
    join contract_leaf_cells c on c.leaf = f.leaf
  ) b
  group by b.cell
)
select
  n.cut, n.partner, n.sector, n.channel, n.institution_type, n.platform,
  cast(c.contracts as bigint) as contracts,
  cast(c.valued as bigint) as valued,
  cast(c.value as decimal(38, 6)) as value,
  c.valued < p.least_valued * c.contracts as is_partial,
  cast(c.technology_valued as bigint) as technology_valued,
  cast(c.technology_value as decimal(38, 6)) as technology_value,
  cast(c.value_with_technology as decimal(38, 6)) as value_with_technology,
  coalesce(s.sellers, 0) as sellers, coalesce(b.buyers, 0) as buyers,
  cast(s.largest as decimal(38, 6)) as largest,
  cast(s.second as decimal(38, 6)) as second,
  cast(s.most_contracts as bigint) as most_contracts,
  cast(s.second_most_contracts as bigint) as second_most_contracts
from sums c
cross join parameters p
join contract_cell_codes n on n.cell = c.cell
left join sellers s on s.cell = c.cell
left join buyers b on b.cell = c.cell
