select
  partner, sector, channel, institution_type, platform, '_T' as province, '_T' as breakdown,
  contracts as value,
  contracts as records,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  most_contracts as largest,
  second_most_contracts as second
from contract_cells
where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF')
union all
select
  '_T', '_T', '_T', '_T', '_T', area,
  case when direction = 'input' then 'direction=input;scope=national_register' else 'scope=national_register' end,
  contract_count,
  contract_count,
  null, null, null, null
from register r
join parameters p on r.year = p.year
where contract_count is not null
