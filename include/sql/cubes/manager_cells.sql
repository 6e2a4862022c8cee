-- Technology managers certified by the end of the year. known: those of whom it is known whether they have all three
-- competencies for work across borders: all are stated, or one is denied.
select
  count(*) as certified,
  count(*) filter (
    where
      not has_technology_assessment or not has_cross_border_negotiation or not has_local_language
      or (has_technology_assessment and has_cross_border_negotiation and has_local_language)
  ) as known,
  count(*) filter (
    where has_technology_assessment and has_cross_border_negotiation and has_local_language
  ) as cross_border
from technology_managers
having count(*) > 0
