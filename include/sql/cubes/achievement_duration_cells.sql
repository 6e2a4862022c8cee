-- Achievements registered in the seven years that end with the edition's, by how many months after registration observation
-- of them ended, and how: `event` is commercialization, `competing` withdrawal, `censored` the end of the year. By cohort (the
-- year of registration), institution type and field, each alone. `followed` is how long a record could be observed at
-- most; `institutions` made the achievements of the cell, all months together.
-- Months run by the calendar: from one day to the same day of the next month is one, a day over is a thirty-first part.
with ends as (
  select
    r.*,
    make_date(p.year, 12, 31) as year_end,
    case
      when r.commercialized_date <= least(make_date(p.year, 12, 31), coalesce(r.withdrawn_date, r.commercialized_date))
        then 'event'
      when r.withdrawn_date <= make_date(p.year, 12, 31) then 'competing'
      else 'censored'
    end as event
  from achievement_profiles r
  join parameters p on r.reference_year between p.year - 6 and p.year
),
stops as (
  select
    e.*,
    case event when 'event' then commercialized_date when 'competing' then withdrawn_date else year_end end as stop
  from ends e
),
flows as (
  select
    institution, institution_type, field, event,
    cast(reference_year as varchar) as cohort,
    greatest(0, cast(
      12 * (year(stop) - year(registered_date)) + month(stop) - month(registered_date)
      + (day(stop) - day(registered_date)) / 31.0 as decimal(18, 6)
    )) as months,
    cast(
      12 * (year(year_end) - year(registered_date)) + month(year_end) - month(registered_date)
      + (day(year_end) - day(registered_date)) / 31.0 as decimal(18, 6)
    ) as followed
  from stops
),
leaves as (
  select
    case when grouping(cohort) = 1 then '_T' else cohort end as cohort,
    case when grouping(institution_type) = 1 then '_T' else institution_type end as institution_type,
    case when grouping(field) = 1 then '_T' else field end as field,
    institution, event, months,
    count(*) as records,
    max(followed) as followed
  from flows
  group by grouping sets (
    (institution, event, months), (institution, event, months, cohort),
    (institution, event, months, institution_type), (institution, event, months, field)
  )
),
cells as (
  select
    l.cohort, i.institution_type, s.sector as field, l.event, l.months, l.institution,
    l.records, l.followed
  from leaves l
  join sector_members s on s.code = l.field
  join institution_type_members i on i.code = l.institution_type
),
makers as (
  select cohort, institution_type, field, count(distinct institution) as institutions
  from cells
  group by cohort, institution_type, field
)
select
  c.cohort, c.institution_type, c.field, c.event, c.months,
  cast(sum(c.records) as bigint) as records,
  max(c.followed) as followed,
  max(m.institutions) as institutions
from cells c
join makers m on m.cohort = c.cohort and m.institution_type = c.institution_type and m.field = c.field
group by c.cohort, c.institution_type, c.field, c.event, c.months
