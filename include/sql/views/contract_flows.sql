-- Contracts of the edition's year and of the year before, one row each, by the codes that cubes sum over.
-- partner: the foreign party (the buyer before the seller); without one, the home area or home; `_U` where a party's
-- country is missing and the other is not foreign.
-- Amounts are CNY at the average rate of the year of signature, null where there is no rate; value_previous_rates is the
-- value at the rate of the year before.
select
  c.reference_year,
  c.seller_id,
  coalesce(c.seller_id, c.seller_name) as seller,
  coalesce(c.buyer_id, c.buyer_name) as buyer,
  case
    when b.is_foreign then b.country
    when s.is_foreign then s.country
    when b.country is null or s.country is null then '_U'
    when b.country <> p.home then b.country
    else s.country
  end as country,
  coalesce(sm.code, '_U') as sector,
  coalesce(nullif(c.channel, '_T'), '_U') as channel,
  coalesce(i.institution_type, '_U') as institution_type,
  coalesce(nullif(c.platform, '_T'), '_U') as platform,
  c.technology_id as technology,
  nullif(c.pricing_mechanism, '_T') as pricing_mechanism,
  case
    when s.is_foreign then 'OTHER'
    when s.country <> p.home then 'HMT'
    else coalesce(nullif(c.seller_province, '_T'), '_U')
  end as seller_province,
  case
    when b.is_foreign then 'OTHER'
    when b.country <> p.home then 'HMT'
    else coalesce(nullif(c.buyer_province, '_T'), '_U')
  end as buyer_province,
  cast(c.value * x.cny_per_unit as decimal(38, 6)) as value,
  cast(c.value * y.cny_per_unit as decimal(38, 6)) as value_previous_rates,
  cast(c.technology_value * x.cny_per_unit as decimal(38, 6)) as technology_value
from contracts c
cross join parameters p
left join places b on b.country = c.buyer_country
left join places s on s.country = c.seller_country
left join sector_members sm on sm.code = c.sector and sm.sector = c.sector and sm.level <> 'total'
left join institution_profiles i
  on i.institution_id = c.seller_id and c.reference_year between i.year_from and i.year_to
left join rates x on x.currency = coalesce(c.currency, 'CNY') and x.year = c.reference_year
left join rates y on y.currency = coalesce(c.currency, 'CNY') and y.year = c.reference_year - 1
where c.reference_year between p.year - 1 and p.year
