-- Which cells the contracts of a leaf are counted in.
with members as (
  select
    l.leaf, k.cut, m.partner, s.sector, case when k.by_channel then l.channel else '_T' end as channel,
    i.institution_type, case when k.by_platform then l.platform else '_T' end as platform
  from contract_leaves l
  cross join contract_cuts k
  cross join parameters p
  join partner_members m on m.country = case when k.by_partner then l.country else '_T' end and m.year = p.year
  join sector_members s on s.code = case when k.by_sector then l.sector else '_T' end
  join institution_type_members i
    on i.code = case when k.by_institution_type then l.institution_type else '_T' end
)
select m.leaf, c.cell
from members m
join contract_cell_codes c
  on c.cut = m.cut and c.partner = m.partner and c.platform = m.platform and c.sector = m.sector
  and c.channel = m.channel and c.institution_type = m.institution_type
