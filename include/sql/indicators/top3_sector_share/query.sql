-- A contract without a sector of the upper level leaves both sums.
with sectors as (
  select
    c.partner, c.value, c.valued,
    row_number() over (partition by c.partner order by c.value desc, c.sector) as place
  from contract_cells c
  join (select distinct sector from sector_members where level = 'upper') u on u.sector = c.sector
  where c.cut in ('S', 'PS') and c.value is not null
),
sums as (
  select
    partner,
    sum(value) filter (where place <= 3) as largest_value,
    sum(value) as value,
    sum(valued) as valued
  from sectors
  group by partner
)
select
  c.partner,
  s.largest_value as numerator,
  s.value as denominator,
  coalesce(s.valued, 0) as records,
  coalesce(s.valued, 0) < p.least_valued * c.contracts as is_partial
from contract_cells c
cross join parameters p
left join sums s on s.partner = c.partner
where c.cut in ('', 'P')
