-- Contracts of the year that say an equity, by institution type of the seller (cut I), and by seller (N), technology (T)
-- and both (NT) as `breakdown` names them; and their contributors.
-- CNY at the average rate of the year. Of those that also say the researchers' part: shared, with both amounts.
with flows as (
  select
    c.seller_id,
    c.technology_id,
    coalesce(c.seller_id, c.seller_name) as seller,
    coalesce(c.buyer_id, c.buyer_name) as buyer,
    coalesce(i.institution_type, '_U') as institution_type,
    cast(c.equity_value * x.cny_per_unit as decimal(38, 6)) as equity_value,
    cast(c.researcher_equity_value * x.cny_per_unit as decimal(38, 6)) as researcher_equity_value
  from contracts c
  join parameters p on c.reference_year = p.year
  left join institution_profiles i
    on i.institution_id = c.seller_id and c.reference_year between i.year_from and i.year_to
  left join rates x on x.currency = coalesce(c.currency, 'CNY') and x.year = c.reference_year
  where c.equity_value is not null
),
places as (
  select f.*, '' as cut, '_T' as counted_type, '_T' as breakdown
  from flows f
  union all
  select f.*, 'I', i.institution_type, '_T'
  from flows f
  join institution_type_members i on i.code = f.institution_type
  union all
  select f.*, 'N', '_T', concat('institution=', n.written)
  from flows f
  join written_codes n on n.code = f.seller_id
  union all
  select f.*, 'T', '_T', concat('technology=', t.written)
  from flows f
  join written_codes t on t.code = f.technology_id
  union all
  select f.*, 'NT', '_T', concat('institution=', n.written, ';technology=', t.written)
  from flows f
  join written_codes n on n.code = f.seller_id
  join written_codes t on t.code = f.technology_id
),
sellers as (
  select
    cut, counted_type, breakdown, seller,
    count(*) as contracts, count(equity_value) as valued, sum(equity_value) as equity_value,
    count(equity_value + researcher_equity_value) as shared,
    sum(equity_value) filter (where researcher_equity_value is not null) as shared_equity_value,
    sum(researcher_equity_value) filter (where equity_value is not null) as researcher_equity_value,
    row_number() over (
      partition by cut, counted_type, breakdown, seller is null order by sum(equity_value) desc nulls last, seller
    ) as place
  from places
  group by cut, counted_type, breakdown, seller
),
buyers as (
  select cut, counted_type, breakdown, count(distinct buyer) as buyers
  from places
  group by cut, counted_type, breakdown
)
select
  s.counted_type as institution_type, s.breakdown,
  cast(sum(s.contracts) as bigint) as contracts,
  cast(sum(s.valued) as bigint) as valued,
  cast(sum(s.equity_value) as decimal(38, 6)) as equity_value,
  sum(s.valued) < max(p.least_valued) * sum(s.contracts) as is_partial,
  cast(sum(s.shared) as bigint) as shared,
  cast(sum(s.shared_equity_value) as decimal(38, 6)) as shared_equity_value,
  cast(sum(s.researcher_equity_value) as decimal(38, 6)) as researcher_equity_value,
  sum(s.shared) < max(p.least_valued) * sum(s.contracts) as is_shared_partial,
  count(s.seller) as sellers,
  count(s.seller) filter (where s.shared > 0) as sharing_sellers,
  max(b.buyers) as buyers,
  max(s.equity_value) filter (where s.place = 1 and s.seller is not null) as largest,
  max(s.equity_value) filter (where s.place = 2 and s.seller is not null) as second
from sellers s
cross join parameters p
join buyers b on b.cut = s.cut and b.counted_type = s.counted_type and b.breakdown = s.breakdown
group by s.cut, s.counted_type, s.breakdown
