-- Durations by horizon: all cohorts together and by institution type, and each cohort of its own. Without a horizon
-- stands the longest one.
select
  c.institution_type,
  case
    when c.cohort = '_T' then h.breakdown
    else concat('cohort=', c.cohort, ';', h.breakdown)
  end as breakdown,
  c.months as duration,
  c.event,
  c.records,
  h.months as horizon,
  c.followed,
  c.institutions as contributors_seller
from achievement_duration_cells c
cross join (
  select '_T' as breakdown, 60 as months
  union all select 'horizon=1y', 12
  union all select 'horizon=3y', 36
  union all select 'horizon=5y', 60
) h
where c.field = '_T' and (c.cohort = '_T' or h.breakdown <> '_T')
