-- Where more than one contract in twenty has no value in CNY, the sum is of low reliability (U).
with institution_flows as (
  select
    case when grouping(f.channel) = 1 then '_T' else f.channel end as channel,
    concat(
      'institution=', i.written,
      case when grouping(t.written) = 1 then '' else concat(';technology=', t.written) end
    ) as breakdown,
    grouping(t.written) = 0 and t.written is null as is_without_technology,
    sum(f.value) as value,
    count(*) as contracts,
    count(f.value) as valued,
    count(distinct f.buyer) as buyers
  from contract_flows f
  join parameters p on f.reference_year = p.year
  join written_codes i on i.code = f.seller_id
  left join written_codes t on t.code = f.technology
  group by grouping sets ((i.written), (i.written, f.channel), (i.written, t.written, f.channel))
)
select
  partner, sector, channel, institution_type, platform, '_T' as province, '_T' as breakdown,
  value,
  valued as records,
  is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from contract_cells
where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF', 'SC', 'PFS')
union all
select
  '_T', '_T', channel, '_T', '_T', '_T', breakdown,
  value,
  valued,
  valued < p.least_valued * contracts,
  1,
  buyers,
  value,
  null
from institution_flows
cross join parameters p
where not is_without_technology
union all
select
  '_T', '_T', '_T', '_T', '_T', area,
  case when direction = 'input' then 'direction=input;scope=national_register' else 'scope=national_register' end,
  contract_value,
  contract_count,
  null, null, null, null, null
from register
where contract_value is not null
