-- Institutions and technologies of projects as they stand in a breakdown, written as `written_codes` writes those of
-- contracts.
select code, replace(replace(replace(code, '%', '%25'), ';', '%3B'), '=', '%3D') as written
from (
  select institution as code from project_profiles
  union
  select technology from project_profiles
) codes
where code is not null
