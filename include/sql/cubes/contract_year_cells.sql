-- Value of the contracts of every year up to the edition's, CNY at the average rate of each year.
with flows as (
  select
    c.reference_year as year,
    case
      when coalesce(c.currency, 'CNY') = 'CNY' then cast(c.value as decimal(38, 6))
      else cast(c.value * x.cny_per_unit as decimal(38, 6))
    end as value
  from contracts c
  join parameters p on c.reference_year <= p.year
  left join rates x on x.currency = c.currency and x.year = c.reference_year
)
select
  f.year,
  count(f.value) as valued,
  cast(sum(f.value) as decimal(38, 6)) as value,
  count(f.value) < max(p.least_valued) * count(*) as is_partial
from flows f
cross join parameters p
group by f.year
