-- Where more than one contract in twenty has no value in CNY, the sum is of low reliability (U).
-- Where the programme imputes, the total and institution types hold what was imputed (I), and `basis=reported` does not.
with cells as (
  select c.*, v.value as imputed_value, p.impute_contract_value = 'last_value_times_matched_growth' as is_imputing
  from contract_cells c
  cross join parameters p
  left join imputed_value_cells v on c.cut in ('', 'I') and v.institution_type = c.institution_type
),
contracts_by_name as (
  select f.channel, i.written as institution, t.written as technology, f.seller, f.buyer, f.value
  from contract_flows f
  join parameters p on f.reference_year = p.year
  left join written_codes i on i.code = f.seller_id
  left join written_codes t on t.code = f.technology
  where i.written is not null or t.written is not null
),
named as (
  select
    case when grouping(channel) = 1 then '_T' else channel end as channel,
    case
      when grouping(technology) = 1 then concat('institution=', institution)
      when grouping(institution) = 1 then concat('technology=', technology)
      else concat('institution=', institution, ';technology=', technology)
    end as breakdown,
    sum(value) as value,
    count(*) as contracts,
    count(value) as valued,
    count(distinct seller) as sellers,
    count(distinct buyer) as buyers,
    case when grouping(institution) = 0 then sum(value) end as largest
  from contracts_by_name
  group by grouping sets (
    (institution), (institution, channel), (technology), (technology, channel),
    (institution, technology), (institution, technology, channel)
  )
  having (grouping(institution) = 1 or institution is not null) and (grouping(technology) = 1 or technology is not null)
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
