select
  partner, sector,
  case when cause = '_T' then '_T' else concat('cause=', cause) end as breakdown,
  cover_ratios / 100 as numerator,
  covered as denominator,
  null as value,
  covered as records,
  covered_institutions as contributors_seller
from insurance_cells
where cut in ('', 'P', 'S', 'X', 'PS', 'PX')
union all
select
  partner, sector,
  case when cause = '_T' then 'statistic=maximum' else concat('cause=', cause, ';statistic=maximum') end,
  null,
  null,
  greatest_cover_ratio,
  covered,
  covered_institutions
from insurance_cells
where cut in ('', 'P', 'S', 'X', 'PS', 'PX')
