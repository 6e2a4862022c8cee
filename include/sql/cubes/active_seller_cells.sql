-- Institutions that sold in the year, by sector of the contract, their type and province (as the institution says, else as
-- its contracts do, so that each stands in one province).
with flows as (
  select f.seller, f.sector, f.institution_type, f.seller_province
  from contract_flows f
  join parameters p on f.reference_year = p.year
  where f.seller is not null
),
homes as (
  select f.seller, coalesce(nullif(max(i.province), '_U'), max(f.seller_province)) as province
  from flows f
  cross join parameters p
  left join institution_profiles i on i.institution_id = f.seller and p.year between i.year_from and i.year_to
  group by f.seller
),
leaves as (
  select
    case when grouping(f.sector) = 1 then '_T' else f.sector end as sector,
    case when grouping(f.institution_type) = 1 then '_T' else f.institution_type end as institution_type,
    case when grouping(h.province) = 1 then '_T' else h.province end as province,
    f.seller,
    count(*) as contracts
  from flows f
  join homes h on h.seller = f.seller
  group by grouping sets (
    (f.seller), (f.seller, f.sector), (f.seller, f.institution_type), (f.seller, h.province)
  )
)
select
  s.sector, i.institution_type, a.province,
  count(distinct l.seller) as institutions,
  cast(sum(l.contracts) as bigint) as contracts
from leaves l
join sector_members s on s.code = l.sector
join institution_type_members i on i.code = l.institution_type
join area_members a on a.code = l.province
group by s.sector, i.institution_type, a.province
