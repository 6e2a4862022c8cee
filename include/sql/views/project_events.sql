-- What happened to projects in the edition's year: one row per project and event, with the project's codes and measures
-- (project_profiles). `started_before` is a start in the year before, for growth; `expected` is no event of the year but
-- a project that is known and not in operation by its end.
-- `detail` is what the event is also counted by: the kind of approval, the cause of the disruption, the year in which
-- operation is expected, the pair of standards of a start; `_T` for the other events.
select 'screened' as event, '_T' as detail, r.*
from project_profiles r
join parameters p on year(r.screened_date) = p.year
union all
select 'started', r.standards, r.*
from project_profiles r
join parameters p on year(r.start_date) = p.year
union all
select 'started_before', '_T', r.*
from project_profiles r
join parameters p on year(r.start_date) = p.year - 1
union all
select 'adapted', '_T', r.*
from project_profiles r
join parameters p on year(r.adaptation_end) = p.year
union all
select 'approved', r.approval, r.*
from project_profiles r
join parameters p on year(r.approval_actual) = p.year
union all
select 'matched', '_T', r.*
from project_profiles r
join parameters p on year(r.matched_date) = p.year
where r.workstation is not null
union all
select 'disrupted', r.disruption_cause, r.*
from project_profiles r
join parameters p on year(r.disruption_date) = p.year
union all
select 'expected', cast(year(r.expected_operation_date) as varchar), r.*
from project_profiles r
cross join parameters p
where r.expected_operation_date is not null
  and (year(r.start_date) <= p.year or year(r.screened_date) <= p.year)
  and (r.commercialized_date is null or year(r.commercialized_date) > p.year)
  and (r.terminated_date is null or year(r.terminated_date) > p.year)
