-- The cuts of contracts that are summed: each dimension alone, those that are crossed, and the total.
-- `cut` names the dimensions that are not summed over, by their initials: P, F, S, C, I.
select *
from (
  values
    ('', false, false, false, false, false),
    ('P', true, false, false, false, false),
    ('F', false, true, false, false, false),
    ('S', false, false, true, false, false),
    ('C', false, false, false, true, false),
    ('I', false, false, false, false, true),
    ('PF', true, true, false, false, false),
    ('PS', true, false, true, false, false),
    ('PC', true, false, false, true, false),
    ('PI', true, false, false, false, true),
    ('SC', false, false, true, true, false),
    ('PFS', true, true, true, false, false)
) as c(cut, by_partner, by_platform, by_sector, by_channel, by_institution_type)
