-- The cells that contracts are counted in, by number: levels and groups of the codes in the records, those of partners
-- as of the edition's year.
select
  c.*,
  row_number() over (order by c.cut, c.partner, c.platform, c.sector, c.channel, c.institution_type) as cell
from (
  select distinct
    k.cut, m.partner, s.sector, case when k.by_channel then l.channel else '_T' end as channel,
    i.institution_type, case when k.by_platform then l.platform else '_T' end as platform
  from contract_leaves l
  cross join contract_cuts k
  cross join parameters p
  join partner_members m on m.country = case when k.by_partner then l.country else '_T' end and m.year = p.year
  join sector_members s on s.code = case when k.by_sector then l.sector else '_T' end
  join institution_type_members i
    on i.code = case when k.by_institution_type then l.institution_type else '_T' end
) c
