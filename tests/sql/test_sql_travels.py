"""Every view and cube says the same on Spark: it passes SQLGlot, and keeps to what was seen to travel."""

import re
from pathlib import Path

import pytest

from yearbook.compute.sqltext import translate
from yearbook.errors import ComputeError
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
FILES = sorted(
    path
    for pattern in ("sql/views/*.sql", "sql/cubes/*.sql", "programmes/*/views/*.sql", "programmes/*/cubes/*.sql")
    for path in INCLUDE.glob(pattern)
)
STAYS_AT_HOME = (
    r"group by all|order by all|quantile|median|grouping_id|\blist_|\bunnest\b|now\(\)|current_date|random\("
)


def test_the_common_cubes_are_these() -> None:
    assert sorted(path.stem for path in INCLUDE.glob("sql/cubes/*.sql")) == [
        "achievement_cells",
        "achievement_duration_cells",
        "active_seller_cells",
        "contract_cells",
        "contract_equity_cells",
        "contract_growth_cells",
        "contract_mechanism_cells",
        "contract_province_cells",
        "contract_year_cells",
        "curriculum_cells",
        "dispute_cells",
        "imputed_value_cells",
        "insurance_cells",
        "manager_cells",
        "monitoring_cells",
        "partner_output_cells",
        "project_cells",
        "project_stage_cells",
        "receipt_cells",
        "recognised_manager_cells",
        "screening_cells",
        "screening_score_cells",
        "service_cells",
        "survey_cells",
        "training_cells",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sql_travels(path: Path) -> None:
    assert translate(path, "spark").upper().startswith(("SELECT", "WITH"))
    assert not re.search(STAYS_AT_HOME, path.read_text(encoding="utf-8"), re.IGNORECASE)


def test_what_is_no_sql_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "broken.sql"
    path.write_text("select from where )", encoding="utf-8")
    with pytest.raises(ComputeError) as refused:
        translate(path, "spark")
    assert refused.value.where == str(path)
