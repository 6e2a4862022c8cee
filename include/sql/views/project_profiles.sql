-- Projects, one row each, by the codes that cubes sum over; amounts in CNY at the average rate of the project's
-- reference year, null where there is no rate.
-- A pair of standards is home/target, written as it stands in a breakdown (written_codes), and a standard's own `/` by
-- number as well: GB/T and ISO/IEC have one.
-- Months run by the calendar: from one day to the same day of the next month is one, a day over is a thirty-first part.
select
  r.project_id,
  r.reference_year,
  r.institution_id as institution,
  coalesce(l.country, '_U') as country,
  coalesce(sm.code, '_U') as sector,
  coalesce(i.institution_type, '_U') as institution_type,
  coalesce(nullif(r.platform, '_T'), '_U') as platform,
  coalesce(nullif(r.delivery_model, '_T'), '_U') as delivery_model,
  r.technology_id as technology,
  r.screened_date, r.start_date, r.pilot_date, r.verification_date, r.adaptation_start, r.adaptation_end,
  r.approval_planned, r.approval_actual, r.expected_operation_date, r.commercialized_date, r.terminated_date,
  r.requested_date, r.matched_date, r.disruption_date,
  r.workstation_id as workstation,
  coalesce(nullif(r.approval, '_T'), '_U') as approval,
  coalesce(nullif(r.disruption_cause, '_T'), '_U') as disruption_cause,
  case
    when r.home_standard is null or r.target_standard is null then '_U'
    else concat(
      replace(replace(replace(replace(r.home_standard, '%', '%25'), ';', '%3B'), '=', '%3D'), '/', '%2F'), '/',
      replace(replace(replace(replace(r.target_standard, '%', '%25'), ';', '%3B'), '=', '%3D'), '/', '%2F')
    )
  end as standards,
  r.trl_start,
  r.demand_score,
  r.parameters_total,
  r.parameters_compatible,
  cast(
    12 * (year(r.adaptation_end) - year(r.adaptation_start)) + month(r.adaptation_end) - month(r.adaptation_start)
    + (day(r.adaptation_end) - day(r.adaptation_start)) / 31.0 as decimal(18, 6)
  ) as adaptation_months,
  cast(
    12 * (year(r.approval_actual) - year(r.approval_planned)) + month(r.approval_actual) - month(r.approval_planned)
    + (day(r.approval_actual) - day(r.approval_planned)) / 31.0 as decimal(18, 6)
  ) as approval_delay_months,
  datediff('day', r.requested_date, r.matched_date) as matching_days,
  cast(r.budget * x.cny_per_unit as decimal(38, 6)) as budget,
  cast(r.adaptation_cost * x.cny_per_unit as decimal(38, 6)) as adaptation_cost,
  cast(r.initial_investment * x.cny_per_unit as decimal(38, 6)) as initial_investment,
  cast(r.guidance_fund_amount * x.cny_per_unit as decimal(38, 6)) as guidance_fund_amount,
  cast(r.silk_road_fund_amount * x.cny_per_unit as decimal(38, 6)) as silk_road_fund_amount,
  cast(r.procurement_total * x.cny_per_unit as decimal(38, 6)) as procurement_total,
  cast(r.procurement_local * x.cny_per_unit as decimal(38, 6)) as procurement_local
from projects r
cross join parameters p
left join places l on l.country = r.partner
left join sector_members sm on sm.code = r.sector and sm.sector = r.sector and sm.level <> 'total'
left join institution_profiles i
  on i.institution_id = r.institution_id and r.reference_year between i.year_from and i.year_to
left join rates x
  on x.currency = coalesce(r.currency, 'CNY')
  and x.year = case when coalesce(r.currency, 'CNY') = 'CNY' then p.year else r.reference_year end
