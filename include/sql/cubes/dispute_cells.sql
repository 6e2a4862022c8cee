-- Cases open on any day of the year, by partner and subject, whenever they were opened. `cut` names what is not summed
-- over, by initials: P, and X for the subject.
with flows as (
  select
    coalesce(l.country, '_U') as country,
    coalesce(nullif(r.subject, '_T'), '_U') as subject
  from disputes r
  cross join parameters p
  left join places l on l.country = r.partner
  where r.reference_year <= p.year and (r.closed_date is null or year(r.closed_date) >= p.year)
),
leaves as (
  select
    concat(
      case when grouping(country) = 1 then '' else 'P' end, case when grouping(subject) = 1 then '' else 'X' end
    ) as cut,
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(subject) = 1 then '_T' else subject end as subject,
    count(*) as cases
  from flows
  group by grouping sets ((), (country), (subject), (country, subject))
)
select l.cut, m.partner, l.subject, cast(sum(l.cases) as bigint) as cases
from leaves l
cross join parameters p
join partner_members m on m.country = l.country and m.year = p.year
where l.cases > 0
group by l.cut, m.partner, l.subject
