"""A programme of a few contracts in one CSV file, in an `include/` of its own, for trying whole runs."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from yearbook.catalogue import Catalogue
from yearbook.cli import app
from yearbook.model.recipe import load_recipe
from yearbook.settings import PROJECT, Settings
from yearbook.workspace import Workspace

PROGRAMME = """\
programme: tiny
title: {en: Tiny, zh: 小}
publisher: {en: Office, zh: 局}
contact: {name: {en: Office, zh: 局}, email: office@example.org}
confidentiality: public
years: [2023, 2024]
indicators: [contract_count, contract_value]
headline: [contract_value]
"""

SOURCE = """\
source: register
card:
  title: {en: Register, zh: 登记}
  producer: {en: Office, zh: 局}
  licence: none
  contact: office@example.org
  period: 2023-2024
  retrieval: written by the test
entries:
  - name: contracts
    dataset: contracts
    format: csv
    path: "{data}/*.csv"
    unit: 万元
    constants: {currency: CNY}
"""

HEADER = "合同编号,签订日期,登记日期,技术交易方式,卖方代码,买方国别,合同成交额,技术领域,合同状态"
ROWS = [
    f"模拟-{year}-{number:02},{year}-03-{number:02},{year}-04-01,技术开发,S{number % 5},{country},{number}0.5,光伏,有效"
    for year in (2023, 2024)
    for number, country in enumerate(["中国", "越南", "NA", "中国"] * 5, start=1)
]


@dataclass(frozen=True)
class Tiny:
    """The programme's folders, and a way to run commands in them."""

    folder: Path
    environment: dict[str, str]

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def records(self) -> Path:
        return self.folder / "records" / "contracts.csv"

    @property
    def source(self) -> Path:
        return self.folder / "include/programmes/tiny/sources/register.yml"

    def workspace(self) -> Workspace:
        """The programme as a new process would open it."""
        include = self.folder / "include"
        reports = Path(self.environment.get("YEARBOOK_REPORTS", PROJECT / "reports"))
        settings = Settings(str(self.home), include, reports, self._url, data=str(self.records.parent))
        return Workspace(settings, load_recipe("tiny", include), self.catalogue())

    def catalogue(self) -> Catalogue:
        """What the programme's runs have written of themselves."""
        return Catalogue(self._url, "tiny")

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.home}/catalogue.sqlite"

    def edit(self, path: Path, change: Callable[[str], str]) -> None:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def yearbook(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--programme", "tiny"], env=self.environment)


def make_tiny(folder: Path) -> Tiny:
    """Write the programme, its source and its records."""
    shutil.copytree(PROJECT / "include", folder / "include", ignore=shutil.ignore_patterns("programmes"))
    root = folder / "include/programmes/tiny"
    (root / "sources").mkdir(parents=True)
    (root / "programme.yml").write_text(PROGRAMME, encoding="utf-8")
    (root / "sources/register.yml").write_text(SOURCE, encoding="utf-8")
    (folder / "records").mkdir()
    (folder / "records/contracts.csv").write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    environment = {
        "YEARBOOK_INCLUDE": str(folder / "include"),
        "YEARBOOK_HOME": str(folder / "home"),
        "YEARBOOK_DATA": str(folder / "records"),
        "COLUMNS": "200",
    }
    return Tiny(folder, environment)
