-- The combinations of codes that contracts of the two years have, by number: the leaves that all cells are sums of.
select
  c.*,
  row_number() over (order by country, sector, channel, institution_type, platform) as leaf
from (select distinct country, sector, channel, institution_type, platform from contract_flows) c
