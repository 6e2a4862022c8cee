with times as (
  select country, sector, institution, cast(value as double) as hours
  from monitoring_flows
  where metric = 'maintenance_response_time'
),
cuts as (
  select '_T' as country, '_T' as sector, institution, hours from times
  union all select country, '_T', institution, hours from times
  union all select '_T', sector, institution, hours from times
  union all select country, sector, institution, hours from times
)
select
  m.partner, s.sector,
  median(c.hours) as value,
  count(c.hours) as records,
  nullif(count(c.hours), 0) as base_records,
  count(distinct case when c.hours is not null then c.institution end) as contributors_seller
from cuts c
cross join parameters p
join partner_members m on m.country = c.country and m.year = p.year
join sector_members s on s.code = c.sector
group by m.partner, s.sector
