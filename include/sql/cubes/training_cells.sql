-- Training of technology managers by year, partner and course. tested and passed are of cohorts that say both.
-- `cut` names the dimensions that are not summed over: P partner, X course.
with cohorts as (
  select
    t.reference_year as year,
    coalesce(l.country, '_U') as country,
    coalesce(nullif(t.course, '_T'), '_U') as course,
    t.completed, t.passed
  from training t
  left join places l on l.country = t.partner
),
leaves as (
  select
    year,
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(course) = 1 then '_T' else course end as course,
    count(*) as cohorts,
    count(completed) as counted,
    sum(completed) as completed,
    count(completed + passed) as tested_cohorts,
    sum(completed) filter (where passed is not null) as tested,
    sum(passed) filter (where completed is not null) as passed
  from cohorts
  group by grouping sets ((year), (year, country), (year, course), (year, country, course))
),
cells as (
  select
    l.year, m.partner, l.course,
    cast(sum(l.cohorts) as bigint) as cohorts,
    cast(sum(l.counted) as bigint) as counted,
    cast(sum(l.completed) as bigint) as completed,
    cast(sum(l.tested_cohorts) as bigint) as tested_cohorts,
    cast(sum(l.tested) as bigint) as tested,
    cast(sum(l.passed) as bigint) as passed
  from leaves l
  join partner_members m on m.country = l.country and m.year = l.year
  group by l.year, m.partner, l.course
)
select
  concat(case when c.partner = '_T' then '' else 'P' end, case when c.course = '_T' then '' else 'X' end) as cut,
  c.*,
  c.counted < p.least_valued * c.cohorts as is_partial
from cells c
cross join parameters p
