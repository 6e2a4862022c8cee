"""The catalogue as one object, for one programme."""

from yearbook.catalogue.database import open_database
from yearbook.catalogue.decisions import Decisions
from yearbook.catalogue.deliveries import Deliveries
from yearbook.catalogue.editions import Editions
from yearbook.catalogue.findings import Findings
from yearbook.catalogue.search import Search
from yearbook.catalogue.steps import Steps
from yearbook.catalogue.tally import Tally


class Catalogue(Deliveries, Findings, Search, Tally, Decisions, Editions, Steps):
    """Deliveries, findings, decisions, editions, steps and leases of one programme."""

    def __init__(self, url: str, programme: str) -> None:
        super().__init__(open_database(url), programme)
