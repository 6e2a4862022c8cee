-- The institutions of projects as they stand in a breakdown, written as `written_codes` writes those of contracts.
select distinct
  institution as code,
  replace(replace(replace(institution, '%', '%25'), ';', '%3B'), '=', '%3D') as written
from project_profiles
where institution is not null
