-- Output of partners' sectors in the year and in the year before, by partner and sector, over the series that both years
-- have in the same unit. A series of an upper sector, a group or all sectors stands for what lies within it: in its cell,
-- and in all that contain it, those series are not added to it. Figures of regions are not read: they are summed here.
-- `cut` names what is not summed over, by initials: P, S. least_unit and greatest_unit are the same where the sums are of
-- one unit, the standard one of its quantity.
with sectors_within as (
  select code, sector from sector_members where sector <> '_U'
  union
  select code, '_T' from sector_members where code <> '_U'
),
partners_within as (
  select m.country, m.partner from partner_members m join parameters p on m.year = p.year
  union
  select m.country, '_T' from partner_members m where m.country not in ('_T', '_U')
),
figures as (
  select
    r.reference_year, m.country, s.code as sector,
    coalesce(x.standard_unit, r.unit) as unit,
    cast(r.value * coalesce(x.factor, 1) as decimal(38, 9)) as value
  from partner_statistics r
  cross join parameters p
  join partner_members m
    on m.country = r.partner and m.partner = r.partner and m.level = 'country' and m.year = p.year
  join sectors_within s on s.code = r.sector and s.sector = r.sector
  left join unit_conversions x on x.unit = r.unit
  where r.metric = 'output' and r.reference_year between p.year - 1 and p.year
    and r.value is not null and r.unit is not null
),
series as (
  select n.country, n.sector, n.unit, n.value, b.value as value_before
  from figures n
  join parameters p on n.reference_year = p.year
  join figures b
    on b.country = n.country and b.sector = n.sector and b.unit = n.unit and b.reference_year = n.reference_year - 1
),
within_others as (
  select distinct a.country, a.sector, s.sector as cell
  from series a
  join series w on w.country = a.country and w.sector <> a.sector
  join sectors_within i on i.code = a.sector and i.sector = w.sector
  join sectors_within s on s.code = w.sector
),
sector_sums as (
  select a.country, s.sector, a.unit, a.value, a.value_before
  from series a
  join sectors_within s on s.code = a.sector
  left join within_others o on o.country = a.country and o.sector = a.sector and o.cell = s.sector
  where o.cell is null
)
select
  concat(
    case when m.partner = '_T' then '' else 'P' end, case when a.sector = '_T' then '' else 'S' end
  ) as cut,
  m.partner, a.sector,
  count(*) as series,
  cast(sum(a.value) as decimal(38, 9)) as value,
  cast(sum(a.value_before) as decimal(38, 9)) as value_before,
  min(a.unit) as least_unit,
  max(a.unit) as greatest_unit
from sector_sums a
join partners_within m on m.country = a.country
group by m.partner, a.sector
