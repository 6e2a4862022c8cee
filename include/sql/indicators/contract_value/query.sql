-- Where more than one contract in twenty has no value in CNY, the sum is of low reliability (U).
-- Where the programme imputes, the total and institution types hold it (I), and `basis=reported` does without.
with cells as (
  select c.*, v.value as imputed_value, p.impute_contract_value = 'last_value_times_matched_growth' as is_imputing
  from contract_cells c
  cross join parameters p
  left join imputed_value_cells v on c.cut in ('', 'I') and v.institution_type = c.institution_type
),
by_institution as (
  select
    case when grouping(f.channel) = 1 then '_T' else f.channel end as channel,
    concat('institution=', i.written) as breakdown,
    sum(f.value) as value, count(*) as contracts, count(f.value) as valued,
    1 as sellers, count(distinct f.buyer) as buyers, sum(f.value) as largest
  from contract_flows f
  join parameters p on f.reference_year = p.year
  join written_codes i on i.code = f.seller_id
  group by grouping sets ((i.written), (i.written, f.channel))
),
by_technology as (
  select
    case when grouping(f.channel) = 1 then '_T' else f.channel end as channel,
    concat(
      case when grouping(i.written) = 1 then '' else concat('institution=', i.written, ';') end,
      'technology=', t.written
    ) as breakdown,
    sum(f.value) as value, count(*) as contracts, count(f.value) as valued,
    count(distinct f.seller) as sellers, count(distinct f.buyer) as buyers,
    case when grouping(i.written) = 0 then sum(f.value) end as largest
  from contract_flows f
  join parameters p on f.reference_year = p.year
  join written_codes t on t.code = f.technology
  left join written_codes i on i.code = f.seller_id
  group by grouping sets (
    (t.written), (t.written, f.channel), (i.written, t.written), (i.written, t.written, f.channel)
  )
  having grouping(i.written) = 1 or i.written is not null
),
named as (
  select * from by_institution union all select * from by_technology
)
select
  partner, sector, channel, institution_type, platform, '_T' as province, '_T' as breakdown,
  case when is_imputing then value + coalesce(imputed_value, 0) else value end as value,
  valued as records,
  case when is_imputing and value is not null and imputed_value is not null then 'I' end as status,
  is_partial,
  sellers as contributors_seller,
  buyers as contributors_buyer,
  largest,
  second
from cells
where cut in ('', 'P', 'S', 'C', 'I', 'F', 'PS', 'PC', 'PI', 'PF', 'SC', 'PFS')
union all
select
  '_T', '_T', '_T', institution_type, '_T', '_T', 'basis=reported',
  value,
  valued,
  null,
  is_partial,
  sellers,
  buyers,
  largest,
  second
from cells
where is_imputing and cut in ('', 'I')
union all
select
  '_T', '_T', channel, '_T', '_T', '_T', breakdown,
  value,
  valued,
  null,
  valued < p.least_valued * contracts,
  sellers,
  buyers,
  largest,
  null
from named
cross join parameters p
union all
select
  '_T', '_T', '_T', '_T', '_T', area,
  case when direction = 'input' then 'direction=input;scope=national_register' else 'scope=national_register' end,
  contract_value,
  contract_count,
  null, null, null, null, null, null
from register r
join parameters p on r.year = p.year
where contract_value is not null
