-- Output by the seller's province, input by the buyer's; without a direction, all records against the national output.
select
  r.area as province,
  concat('direction=', r.direction) as breakdown,
  coalesce(c.value, case when c.contracts is null then 0 end) as numerator,
  r.contract_value as denominator,
  coalesce(c.valued, 0) as records,
  c.is_partial
from register r
join parameters p on r.year = p.year
cross join (select count(*) as contracts from contract_province_cells) t
left join contract_province_cells c on c.province = r.area and c.direction = r.direction
where r.contract_value is not null and t.contracts > 0
union all
select '_T', '_T', c.value, r.contract_value, c.valued, c.is_partial
from register r
join parameters p on r.year = p.year
join contract_province_cells c on c.province = '_T' and c.direction = 'output'
where r.area = '_T' and r.direction = 'output' and r.contract_value is not null and c.contracts > 0
