-- The denominator is the number of years that are known; one year alone has no rank.
with years as (
  select '_T' as breakdown, year, value, valued as records, is_partial
  from contract_year_cells
  where value is not null
  union all
  select 'scope=national_register', year, contract_value, contract_count, false
  from register
  where area = '_T' and direction = 'output' and contract_value is not null
),
ranked as (
  select
    y.*,
    rank() over (partition by breakdown order by value desc) as place,
    count(*) over (partition by breakdown) as years,
    max(case when is_partial then 1 else 0 end) over (partition by breakdown) as has_partial
  from years y
)
select
  r.breakdown,
  r.place as value,
  r.years as denominator,
  r.records,
  r.has_partial = 1 as is_partial,
  case when r.years = 1 then 'M' end as status,
  case when r.years = 1 then 'no_records' end as reason
from ranked r
join parameters p on r.year = p.year
