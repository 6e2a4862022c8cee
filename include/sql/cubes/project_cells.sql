-- Events of projects in the year (project_events) by partner, sector, institution type, delivery model and detail, and
-- their contributors. `cut` names what is not summed over, by initials: P, S, I, D, and X for the detail. Only starts
-- are cut by I and D; all other events with a detail are cut by PSX.
-- Two amounts that make a share are summed over the projects that say both. Measures, each with the number of projects
-- that say it and of their institutions. Where more than one in twenty of the projects that say the whole do not say
-- the part, the share is_..._partial:
--   projects, institutions, largest, second (of all);
--   trl_stated, trl_6_8, trl_institutions (projects);
--   adapting_projects, adaptation_cost, budget, adapting_institutions (CNY);
--   guided_projects, guidance_fund_amount, guided_investment, guided_institutions, is_guided_partial (CNY);
--   silk_road_projects, silk_road_fund_amount, silk_road_investment, silk_road_institutions,
--   is_silk_road_partial (CNY);
--   procuring_projects, procurement_local, procurement_total, procuring_institutions, is_procuring_partial (CNY);
--   compared_projects, parameters_compatible, parameters_total, compared_institutions,
--   is_compared_partial (parameters);
--   delayed_projects, approval_delay_months, delayed_institutions (months, early ones below zero);
--   timed_matches, matching_days, timed_institutions (days).
with flows as (
  select
    event, detail, country, sector, institution_type, delivery_model, institution,
    event in ('started', 'started_before') as is_start,
    case when trl_start is not null then 1 else 0 end as trl_stated,
    case when trl_start between 6 and 8 then 1 else 0 end as trl_6_8,
    case when adaptation_cost + budget is not null then 1 else 0 end as adapting_projects,
    case when budget is not null then adaptation_cost end as adaptation_cost,
    case when adaptation_cost is not null then budget end as budget,
    case when initial_investment is not null then 1 else 0 end as invested_projects,
    case when guidance_fund_amount + initial_investment is not null then 1 else 0 end as guided_projects,
    case when initial_investment is not null then guidance_fund_amount end as guidance_fund_amount,
    case when guidance_fund_amount is not null then initial_investment end as guided_investment,
    case when silk_road_fund_amount + initial_investment is not null then 1 else 0 end as silk_road_projects,
    case when initial_investment is not null then silk_road_fund_amount end as silk_road_fund_amount,
    case when silk_road_fund_amount is not null then initial_investment end as silk_road_investment,
    case when procurement_total is not null then 1 else 0 end as buying_projects,
    case when procurement_local + procurement_total is not null then 1 else 0 end as procuring_projects,
    case when procurement_total is not null then procurement_local end as procurement_local,
    case when procurement_local is not null then procurement_total end as procurement_total,
    case when parameters_total is not null then 1 else 0 end as parameter_projects,
    case when parameters_compatible + parameters_total is not null then 1 else 0 end as compared_projects,
    case when parameters_total is not null then parameters_compatible end as parameters_compatible,
    case when parameters_compatible is not null then parameters_total end as parameters_total,
    case when approval_delay_months is not null then 1 else 0 end as delayed_projects,
    approval_delay_months,
    case when matching_days is not null then 1 else 0 end as timed_matches,
    matching_days
  from project_events
),
cuts as (
  select *
  from (
    values
      ('', false, false, false, false, false, null),
      ('P', true, false, false, false, false, null),
      ('S', false, true, false, false, false, null),
      ('PS', true, true, false, false, false, null),
      ('X', false, false, false, false, true, null),
      ('PX', true, false, false, false, true, null),
      ('PSX', true, true, false, false, true, false),
      ('I', false, false, true, false, false, true),
      ('PI', true, false, true, false, false, true),
      ('D', false, false, false, true, false, true),
      ('PD', true, false, false, true, false, true)
  ) as c(cut, by_partner, by_sector, by_institution_type, by_delivery_model, by_detail, is_of_starts)
),
cells as (
  select
    f.event, k.cut, m.partner, s.sector, i.institution_type,
    case when k.by_delivery_model then f.delivery_model else '_T' end as delivery_model,
    case when k.by_detail then f.detail else '_T' end as detail,
    f.institution,
    count(*) as projects,
    sum(f.trl_stated) as trl_stated,
    sum(f.trl_6_8) as trl_6_8,
    sum(f.adapting_projects) as adapting_projects,
    sum(f.adaptation_cost) as adaptation_cost,
    sum(f.budget) as budget,
    sum(f.invested_projects) as invested_projects,
    sum(f.guided_projects) as guided_projects,
    sum(f.guidance_fund_amount) as guidance_fund_amount,
    sum(f.guided_investment) as guided_investment,
    sum(f.silk_road_projects) as silk_road_projects,
    sum(f.silk_road_fund_amount) as silk_road_fund_amount,
    sum(f.silk_road_investment) as silk_road_investment,
    sum(f.buying_projects) as buying_projects,
    sum(f.procuring_projects) as procuring_projects,
    sum(f.procurement_local) as procurement_local,
    sum(f.procurement_total) as procurement_total,
    sum(f.parameter_projects) as parameter_projects,
    sum(f.compared_projects) as compared_projects,
    sum(f.parameters_compatible) as parameters_compatible,
    sum(f.parameters_total) as parameters_total,
    sum(f.delayed_projects) as delayed_projects,
    sum(f.approval_delay_months) as approval_delay_months,
    sum(f.timed_matches) as timed_matches,
    sum(f.matching_days) as matching_days
  from flows f
  cross join parameters p
  -- An event without details is there once already, in the cut without X.
  join cuts k on (f.detail <> '_T' or not k.by_detail) and coalesce(k.is_of_starts, f.is_start) = f.is_start
  join partner_members m on m.country = case when k.by_partner then f.country else '_T' end and m.year = p.year
  join sector_members s on s.code = case when k.by_sector then f.sector else '_T' end
  join institution_type_members i on i.code = case when k.by_institution_type then f.institution_type else '_T' end
  group by
    f.event, k.cut, m.partner, s.sector, i.institution_type,
    case when k.by_delivery_model then f.delivery_model else '_T' end,
    case when k.by_detail then f.detail else '_T' end,
    f.institution
),
ranked as (
  select
    c.*,
    row_number() over (
      partition by event, cut, partner, sector, institution_type, delivery_model, detail, institution is null
      order by projects desc, institution
    ) as place
  from cells c
)
select
  event, cut, partner, sector, institution_type, delivery_model, detail,
  cast(sum(projects) as bigint) as projects,
  count(institution) as institutions,
  cast(max(projects) filter (where place = 1 and institution is not null) as bigint) as largest,
  cast(max(projects) filter (where place = 2 and institution is not null) as bigint) as second,
  cast(sum(trl_stated) as bigint) as trl_stated,
  cast(sum(trl_6_8) as bigint) as trl_6_8,
  count(institution) filter (where trl_stated > 0) as trl_institutions,
  cast(sum(adapting_projects) as bigint) as adapting_projects,
  cast(sum(adaptation_cost) as decimal(38, 6)) as adaptation_cost,
  cast(sum(budget) as decimal(38, 6)) as budget,
  count(institution) filter (where adapting_projects > 0) as adapting_institutions,
  cast(sum(guided_projects) as bigint) as guided_projects,
  cast(sum(guidance_fund_amount) as decimal(38, 6)) as guidance_fund_amount,
  cast(sum(guided_investment) as decimal(38, 6)) as guided_investment,
  count(institution) filter (where guided_projects > 0) as guided_institutions,
  sum(guided_projects) < max(p.least_valued) * sum(invested_projects) as is_guided_partial,
  cast(sum(silk_road_projects) as bigint) as silk_road_projects,
  cast(sum(silk_road_fund_amount) as decimal(38, 6)) as silk_road_fund_amount,
  cast(sum(silk_road_investment) as decimal(38, 6)) as silk_road_investment,
  count(institution) filter (where silk_road_projects > 0) as silk_road_institutions,
  sum(silk_road_projects) < max(p.least_valued) * sum(invested_projects) as is_silk_road_partial,
  cast(sum(procuring_projects) as bigint) as procuring_projects,
  cast(sum(procurement_local) as decimal(38, 6)) as procurement_local,
  cast(sum(procurement_total) as decimal(38, 6)) as procurement_total,
  count(institution) filter (where procuring_projects > 0) as procuring_institutions,
  sum(procuring_projects) < max(p.least_valued) * sum(buying_projects) as is_procuring_partial,
  cast(sum(compared_projects) as bigint) as compared_projects,
  cast(sum(parameters_compatible) as bigint) as parameters_compatible,
  cast(sum(parameters_total) as bigint) as parameters_total,
  count(institution) filter (where compared_projects > 0) as compared_institutions,
  sum(compared_projects) < max(p.least_valued) * sum(parameter_projects) as is_compared_partial,
  cast(sum(delayed_projects) as bigint) as delayed_projects,
  cast(sum(approval_delay_months) as decimal(38, 6)) as approval_delay_months,
  count(institution) filter (where delayed_projects > 0) as delayed_institutions,
  cast(sum(timed_matches) as bigint) as timed_matches,
  cast(sum(matching_days) as bigint) as matching_days,
  count(institution) filter (where timed_matches > 0) as timed_institutions
from ranked
cross join parameters p
group by event, cut, partner, sector, institution_type, delivery_model, detail
