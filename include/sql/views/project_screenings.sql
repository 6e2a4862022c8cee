-- Projects screened in the year, with the three things that they are screened by; compatibility with the standards of the
-- target market in percent of the parameters compared.
select
  institution, country, sector,
  trl_start,
  cast(demand_score as decimal(38, 6)) as demand_score,
  cast(100 * parameters_compatible / nullif(parameters_total, 0) as decimal(18, 6)) as compatibility,
  case
    when trl_start is null or demand_score is null or parameters_compatible is null or coalesce(parameters_total, 0) = 0
      then 0
    else 1
  end as is_complete
from project_events
where event = 'screened'
