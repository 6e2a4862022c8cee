-- Claims for losses of the year by partner, sector and cause, and the institutions of the insured projects; amounts in CNY
-- at the average rate of the year, null where there is no rate.
-- `cut` names what is not summed over, by initials: P, S, and X for the cause. Measures: claims; paid, compensation,
-- paid_institutions, largest, second; rated (claims that say both amounts), rated_compensation, rated_loss,
-- rated_institutions; covered (claims that say the ceiling), cover_ratios, greatest_cover_ratio, covered_institutions.
with flows as (
  select
    coalesce(l.country, '_U') as country,
    coalesce(sm.code, '_U') as sector,
    coalesce(nullif(r.cause, '_T'), '_U') as cause,
    t.institution,
    cast(r.loss * x.cny_per_unit as decimal(38, 6)) as loss,
    cast(r.compensation * x.cny_per_unit as decimal(38, 6)) as compensation,
    cast(r.cover_ratio as decimal(18, 6)) as cover_ratio
  from insurance_claims r
  join parameters p on r.reference_year = p.year
  left join places l on l.country = r.partner
  left join sector_members sm on sm.code = r.sector and sm.sector = r.sector and sm.level <> 'total'
  left join project_profiles t on t.project_id = r.project_id
  left join rates x on x.currency = coalesce(r.currency, 'CNY') and x.year = r.reference_year
),
leaves as (
  select
    concat(
      case when grouping(country) = 1 then '' else 'P' end,
      case when grouping(sector) = 1 then '' else 'S' end,
      case when grouping(cause) = 1 then '' else 'X' end
    ) as cut,
    case when grouping(country) = 1 then '_T' else country end as country,
    case when grouping(sector) = 1 then '_T' else sector end as sector,
    case when grouping(cause) = 1 then '_T' else cause end as cause,
    institution,
    count(*) as claims,
    count(compensation) as paid,
    sum(compensation) as compensation,
    count(compensation + loss) as rated,
    sum(compensation) filter (where loss is not null) as rated_compensation,
    sum(loss) filter (where compensation is not null) as rated_loss,
    count(cover_ratio) as covered,
    sum(cover_ratio) as cover_ratios,
    max(cover_ratio) as greatest_cover_ratio
  from flows
  group by grouping sets (
    (institution), (institution, country), (institution, sector), (institution, cause),
    (institution, country, sector), (institution, country, cause), (institution, country, sector, cause)
  )
),
cells as (
  select
    l.cut, m.partner, s.sector, l.cause, l.institution,
    sum(l.claims) as claims,
    sum(l.paid) as paid,
    sum(l.compensation) as compensation,
    sum(l.rated) as rated,
    sum(l.rated_compensation) as rated_compensation,
    sum(l.rated_loss) as rated_loss,
    sum(l.covered) as covered,
    sum(l.cover_ratios) as cover_ratios,
    max(l.greatest_cover_ratio) as greatest_cover_ratio
  from leaves l
  cross join parameters p
  join partner_members m on m.country = l.country and m.year = p.year
  join sector_members s on s.code = l.sector
  group by l.cut, m.partner, s.sector, l.cause, l.institution
),
ranked as (
  select
    c.*,
    row_number() over (
      partition by cut, partner, sector, cause, institution is null or compensation is null
      order by compensation desc, institution
    ) as place
  from cells c
)
select
  cut, partner, sector, cause,
  cast(sum(claims) as bigint) as claims,
  cast(sum(paid) as bigint) as paid,
  cast(sum(compensation) as decimal(38, 6)) as compensation,
  count(institution) filter (where paid > 0) as paid_institutions,
  cast(max(compensation) filter (where place = 1 and institution is not null) as decimal(38, 6)) as largest,
  cast(max(compensation) filter (where place = 2 and institution is not null) as decimal(38, 6)) as second,
  cast(sum(rated) as bigint) as rated,
  cast(sum(rated_compensation) as decimal(38, 6)) as rated_compensation,
  cast(sum(rated_loss) as decimal(38, 6)) as rated_loss,
  count(institution) filter (where rated > 0) as rated_institutions,
  cast(sum(covered) as bigint) as covered,
  cast(sum(cover_ratios) as decimal(38, 6)) as cover_ratios,
  cast(max(greatest_cover_ratio) as decimal(18, 6)) as greatest_cover_ratio,
  count(institution) filter (where covered > 0) as covered_institutions
from ranked
group by cut, partner, sector, cause
