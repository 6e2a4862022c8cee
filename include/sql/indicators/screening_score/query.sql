select
  c.partner, c.sector,
  (
    p.screening_weight_readiness * c.readiness + p.screening_weight_demand * c.demand
    + p.screening_weight_compatibility * c.compatibility
  ) / nullif(p.screening_weight_readiness + p.screening_weight_demand + p.screening_weight_compatibility, 0) as numerator,
  nullif(c.complete, 0) as denominator,
  c.complete as records,
  c.complete < p.least_valued * c.projects as is_partial,
  c.institutions as contributors_seller
from screening_score_cells c
cross join parameters p
