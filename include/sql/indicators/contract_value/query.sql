-- Where more than one contract in twenty has no value in CNY, the sum is of low reliability (U).
with institution_flows as (
  select
    case when grouping(f.channel) = 1 then '_T' else f.channel end as channel,
    concat(
      'institution=', replace(replace(f.seller_id, ';', '_'), '=', '_'),
      case
        when grouping(f.technology) = 1 then ''
        else concat(';technology=', replace(replace(f.technology, ';', '_'), '=', '_'))
      end
    ) as breakdown,
    grouping(f.technology) = 0 and f.technology is null as is_without_technology,
    sum(f.value) as value,
    count(*) as contracts,
    count(f.value) as valued,
    count(distinct f.buyer) as buyers
  from contract_flows f
  join parameters p on f.reference_year = p.year
  where f.seller_id is not null
  group by grouping sets (
    (f.seller_id), (f.seller_id, f.channel), (f.seller_id, f.technology, f.channel)
  )
)
select
  partner, sector, channel, institution_type, platform, '_T' as province, '_T' as breakdown,
  value,
  valued as records,
  case when valued > 0 and valued < 0.95 * contracts then 'U' end as status,
  case when valued < 0.95 * contracts then 'field_missing' end as reason,
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
  case when valued > 0 and valued < 0.95 * contracts then 'U' end,
  case when valued < 0.95 * contracts then 'field_missing' end,
  1,
  buyers,
  value,
  null
from institution_flows
where not is_without_technology
union all
select
  '_T', '_T', '_T', '_T', '_T', area,
  case when direction = 'input' then 'direction=input;scope=national_register' else 'scope=national_register' end,
  contract_value,
  contract_count,
  null, null, null, null, null, null
from register
where contract_value is not null
