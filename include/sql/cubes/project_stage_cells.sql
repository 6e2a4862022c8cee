-- Projects screened in the five years that end with the edition's, and how many of them reached each stage by its end, by
-- cohort (the year of screening), sector and delivery model, each alone. A project that reached a later stage reached the
-- earlier ones. `is_stated` is 0 where no project of the programme has the date of that stage.
with stages as (
  select 1 as place, 'screened' as stage
  union all select 2, 'started'
  union all select 3, 'pilot'
  union all select 4, 'verified'
  union all select 5, 'adapted'
  union all select 6, 'approved'
  union all select 7, 'commercialized'
),
flows as (
  select
    cast(year(r.screened_date) as varchar) as cohort,
    r.sector, r.delivery_model, r.institution,
    case
      when r.commercialized_date <= make_date(p.year, 12, 31) then 7
      when r.approval_actual <= make_date(p.year, 12, 31) then 6
      when r.adaptation_end <= make_date(p.year, 12, 31) then 5
      when r.verification_date <= make_date(p.year, 12, 31) then 4
      when r.pilot_date <= make_date(p.year, 12, 31) then 3
      when r.start_date <= make_date(p.year, 12, 31) then 2
      else 1
    end as furthest
  from project_profiles r
  join parameters p on year(r.screened_date) between p.year - 4 and p.year
),
leaves as (
  select
    case when grouping(cohort) = 1 then '_T' else cohort end as cohort,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(delivery_model) = 1 then '_T' else delivery_model end as delivery_model,
    institution, furthest,
    count(*) as projects
  from flows
  group by grouping sets (
    (institution, furthest), (institution, furthest, cohort), (institution, furthest, sector),
    (institution, furthest, delivery_model)
  )
),
stated as (
  select
    count(start_date) as started, count(pilot_date) as pilot, count(verification_date) as verified,
    count(adaptation_end) as adapted, count(approval_actual) as approved, count(commercialized_date) as commercialized
  from project_profiles
)
select
  l.cohort, s.sector, l.delivery_model, g.stage, g.place,
  cast(coalesce(sum(case when l.furthest >= g.place then l.projects end), 0) as bigint) as projects,
  count(distinct case when l.furthest >= g.place then l.institution end) as institutions,
  max(case
    when g.stage = 'screened'
      or g.stage = 'started' and t.started > 0
      or g.stage = 'pilot' and t.pilot > 0
      or g.stage = 'verified' and t.verified > 0
      or g.stage = 'adapted' and t.adapted > 0
      or g.stage = 'approved' and t.approved > 0
      or g.stage = 'commercialized' and t.commercialized > 0 then 1
    else 0
  end) as is_stated
from leaves l
cross join stages g
cross join stated t
join sector_members s on s.code = l.sector
group by l.cohort, s.sector, l.delivery_model, g.stage, g.place
