-- Measured figures of projects in the year by metric, partner, sector, delivery model and unit, and their contributors.
-- `cut` names what is not summed over, by initials: P, S, D, and U for the unit, `_T` in cuts without it. Measures:
--   records; measured, value, institutions, largest, second (records with a value);
--   rated, rated_value, rated_denominator, rated_institutions (value and denominator of the year);
--   based, based_value, based_denominator, based_institutions (value and denominator of the baseline);
--   compared, and compared_* of the year and of the baseline (records with all four);
--   paired, paired_value, paired_baseline, paired_institutions (value and baseline value);
--   least_unit, greatest_unit, of what is paired: the same where its sums are of one unit.
with flows as (
  select
    metric, country, sector, delivery_model, coalesce(unit, '_U') as unit, institution, value,
    value is not null as is_measured,
    value is not null and coalesce(denominator, 0) > 0 as is_rated,
    baseline_value is not null and coalesce(baseline_denominator, 0) > 0 as is_based,
    value is not null and baseline_value is not null as is_paired,
    denominator, baseline_value, baseline_denominator
  from monitoring_flows
),
leaves as (
  select
    concat(
      case when grouping(country) = 1 then '' else 'P' end,
      case when grouping(sector) = 1 then '' else 'S' end,
      case when grouping(delivery_model) = 1 then '' else 'D' end,
      case when grouping(unit) = 1 then '' else 'U' end
    ) as cut,
    metric,
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(delivery_model) = 1 then '_T' else delivery_model end as delivery_model,
    case when grouping(unit) = 1 then '_T' else unit end as unit,
    institution,
    count(*) as records,
    count(value) as measured,
    sum(value) as value,
    count(*) filter (where is_rated) as rated,
    sum(value) filter (where is_rated) as rated_value,
    sum(denominator) filter (where is_rated) as rated_denominator,
    count(*) filter (where is_based) as based,
    sum(baseline_value) filter (where is_based) as based_value,
    sum(baseline_denominator) filter (where is_based) as based_denominator,
    count(*) filter (where is_rated and is_based) as compared,
    sum(value) filter (where is_rated and is_based) as compared_value,
    sum(denominator) filter (where is_rated and is_based) as compared_denominator,
    sum(baseline_value) filter (where is_rated and is_based) as compared_baseline_value,
    sum(baseline_denominator) filter (where is_rated and is_based) as compared_baseline_denominator,
    count(*) filter (where is_paired) as paired,
    sum(value) filter (where is_paired) as paired_value,
    sum(baseline_value) filter (where is_paired) as paired_baseline,
    min(unit) filter (where is_paired) as least_unit,
    max(unit) filter (where is_paired) as greatest_unit
  from flows
  group by grouping sets (
    (metric, institution), (metric, institution, country), (metric, institution, sector),
    (metric, institution, delivery_model), (metric, institution, country, sector),
    (metric, institution, country, delivery_model),
    (metric, institution, unit), (metric, institution, country, unit), (metric, institution, sector, unit),
    (metric, institution, country, sector, unit)
  )
),
cells as (
  select
    l.cut, l.metric, m.partner, s.sector, l.delivery_model, l.unit, l.institution,
    sum(l.records) as records,
    sum(l.measured) as measured,
    sum(l.value) as value,
    sum(l.rated) as rated,
    sum(l.rated_value) as rated_value,
    sum(l.rated_denominator) as rated_denominator,
    sum(l.based) as based,
    sum(l.based_value) as based_value,
    sum(l.based_denominator) as based_denominator,
    sum(l.compared) as compared,
    sum(l.compared_value) as compared_value,
    sum(l.compared_denominator) as compared_denominator,
    sum(l.compared_baseline_value) as compared_baseline_value,
    sum(l.compared_baseline_denominator) as compared_baseline_denominator,
    sum(l.paired) as paired,
    sum(l.paired_value) as paired_value,
    sum(l.paired_baseline) as paired_baseline,
    min(l.least_unit) as least_unit,
    max(l.greatest_unit) as greatest_unit
  from leaves l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  join sector_members s on s.code = l.sector
  group by l.cut, l.metric, m.partner, s.sector, l.delivery_model, l.unit, l.institution
),
ranked as (
  select
    c.*,
    row_number() over (
      partition by cut, metric, partner, sector, delivery_model, unit, institution is null or value is null
      order by value desc, institution
    ) as place
  from cells c
)
select
  metric, cut, partner, sector, delivery_model, unit,
  cast(sum(records) as bigint) as records,
  cast(sum(measured) as bigint) as measured,
  cast(sum(value) as decimal(38, 9)) as value,
  count(institution) filter (where measured > 0) as institutions,
  cast(max(value) filter (where place = 1 and institution is not null) as decimal(38, 9)) as largest,
  cast(max(value) filter (where place = 2 and institution is not null) as decimal(38, 9)) as second,
  cast(sum(rated) as bigint) as rated,
  cast(sum(rated_value) as decimal(38, 9)) as rated_value,
  cast(sum(rated_denominator) as decimal(38, 9)) as rated_denominator,
  count(institution) filter (where rated > 0) as rated_institutions,
  cast(sum(based) as bigint) as based,
  cast(sum(based_value) as decimal(38, 9)) as based_value,
  cast(sum(based_denominator) as decimal(38, 9)) as based_denominator,
  count(institution) filter (where based > 0) as based_institutions,
  cast(sum(compared) as bigint) as compared,
  cast(sum(compared_value) as decimal(38, 9)) as compared_value,
  cast(sum(compared_denominator) as decimal(38, 9)) as compared_denominator,
  cast(sum(compared_baseline_value) as decimal(38, 9)) as compared_baseline_value,
  cast(sum(compared_baseline_denominator) as decimal(38, 9)) as compared_baseline_denominator,
  count(institution) filter (where compared > 0) as compared_institutions,
  cast(sum(paired) as bigint) as paired,
  cast(sum(paired_value) as decimal(38, 9)) as paired_value,
  cast(sum(paired_baseline) as decimal(38, 9)) as paired_baseline,
  count(institution) filter (where paired > 0) as paired_institutions,
  min(least_unit) as least_unit,
  max(greatest_unit) as greatest_unit
from ranked
group by metric, cut, partner, sector, delivery_model, unit
