-- From each stage to the next, under the name of the stage reached; without a stage, the whole way. Where no record has
-- the date of one of the two stages, the rate is unknown and no zero.
select
  a.sector, a.delivery_model,
  case
    when a.cohort = '_T' and b.place - a.place > 1 then '_T'
    when a.cohort = '_T' then concat('stage=', b.stage)
    when b.place - a.place > 1 then concat('cohort=', a.cohort)
    else concat('cohort=', a.cohort, ';stage=', b.stage)
  end as breakdown,
  case when a.is_stated = 1 and b.is_stated = 1 then b.projects end as numerator,
  a.projects as denominator,
  a.projects as records,
  a.institutions as contributors_seller
from project_stage_cells a
join project_stage_cells b
  on b.cohort = a.cohort and b.sector = a.sector and b.delivery_model = a.delivery_model
  and (b.place = a.place + 1 or a.place = 1 and b.place = 7)
where a.projects > 0
