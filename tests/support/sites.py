"""A site of two made-up editions on a disk: 2024 with an erratum, 2023 withdrawn."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import editions
from yearbook.catalogue import Accounting, Catalogue, Edition
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum, Withdrawal
from yearbook.model.recipe import Recipe
from yearbook.publish import publish_site, publish_year
from yearbook.settings import Settings
from yearbook.workspace import Workspace

YEARS = (2023, 2024)
ERRATUM = Erratum(date=date(2025, 9, 1), text=Text(en="Table 1.1 was mended.", zh="表1.1已更正。"))
WITHDRAWAL = Withdrawal(date=date(2025, 2, 3), reason=Text(en="A source was counted twice.", zh="一项来源重复计数。"))


def make_site(home: Path, project: Path, recipe: Recipe) -> Path:
    """Compute, publish and list both editions; return the folder of the site."""
    plans = {2023: EditionPlan(withdrawn=WITHDRAWAL), 2024: EditionPlan(erratum=[ERRATUM])}
    told = replace(recipe, programme=recipe.programme.model_copy(update={"editions": plans}))
    address = f"sqlite:///{home}/catalogue.sqlite"
    settings = Settings(home=str(home), include=project / "include", reports=project / "reports", catalogue_url=address)
    workspace = Workspace(settings, told, Catalogue(address, "demo"))
    for year in YEARS:
        reference = workspace.lake.write("observations", year, editions.table(editions.year_rows(year)))
        workspace.catalogue.record_edition(Edition(year, f"{year + 1}-06-30", "i", reference, "o"))
        workspace.catalogue.record_accounting(Accounting("contracts", year, 10, 8, 1, 1, 0, "r"))
    for year in YEARS:
        publish_year(workspace, year, date(year + 1, 6, 30))
    publish_site(workspace)
    return home / "site"
