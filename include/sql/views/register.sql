-- Control totals of every year up to the edition's, each as last printed.
select year, area, direction, contract_count, contract_value
from (
  select
    r.reference_year as year,
    r.area,
    r.direction,
    last_value(r.contract_count ignore nulls) over one as contract_count,
    last_value(r.contract_value ignore nulls) over one as contract_value,
    row_number() over (
      partition by r.reference_year, r.area, r.direction order by r.publication, r.contract_count, r.contract_value
    ) as place
  from register_totals r
  cross join parameters p
  where r.reference_year <= p.year
  window one as (
    partition by r.reference_year, r.area, r.direction order by r.publication, r.contract_count, r.contract_value
    rows between unbounded preceding and unbounded following
  )
) printed
where place = 1
