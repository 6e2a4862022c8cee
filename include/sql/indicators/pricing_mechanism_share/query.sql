-- A contract that does not say its mechanism leaves both sums.
select
  a.institution_type,
  case when m.mechanism <> '_T' then concat('mechanism=', m.mechanism) else '_T' end as breakdown,
  m.contracts as numerator,
  t.contracts as denominator,
  coalesce(t.contracts, 0) as records,
  coalesce(t.contracts, 0) < p.least_valued * a.contracts as is_partial,
  m.sellers as contributors_seller,
  m.buyers as contributors_buyer,
  m.largest,
  m.second
from contract_cells a
cross join parameters p
left join contract_mechanism_cells t on t.institution_type = a.institution_type and t.mechanism = '_T'
left join contract_mechanism_cells m on m.institution_type = a.institution_type
where a.cut in ('', 'I')
