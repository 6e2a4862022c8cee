-- Codes of contracts as they stand in a breakdown, where `;` and `=` have a meaning: these, and `%`, by number.
select code, replace(replace(replace(code, '%', '%25'), ';', '%3B'), '=', '%3D') as written
from (
  select seller_id as code from contract_flows
  union
  select technology from contract_flows
) codes
where code is not null
