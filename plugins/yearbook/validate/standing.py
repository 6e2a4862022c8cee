"""Problems with the standing of a record: which version counts is open, or what it amends was never received."""

from collections.abc import Iterator

from yearbook.model.dataset import Dataset, Severity
from yearbook.model.definition import Text
from yearbook.validate.amendments import Settled
from yearbook.validate.problem import Problem
from yearbook.validate.staged import positions_of

VERSION = 1
MESSAGES = {
    "duplicate_key": Text(
        en="the same key with different content, and nothing says which is newer; settle which one counts",
        zh="同一编号内容不同，且无从判断新旧；请确定以哪条为准",
    ),
    "amended_twice": Text(
        en="several records amend the same one, and nothing says which is newer; settle which one counts",
        zh="多条记录变更同一记录，且无从判断新旧；请确定以哪条为准",
    ),
    "amendment_cycle": Text(
        en="records amend each other in a circle; correct which one amends which",
        zh="记录之间循环变更；请更正变更关系",
    ),
    "amends_unknown": Text(
        en="amends {value}, which was never received; counted as a record of its own",
        zh="所变更的{value}从未收到；按独立记录统计",
    ),
}


def find_unsettled(dataset: Dataset, turns: list[int], settled: Settled) -> Iterator[Problem]:
    """Yield a problem for each record checked (by its turn) whose standing is not settled."""
    waiting = {turn: verdict.reason for turn, verdict in settled.verdicts.items() if verdict.held}
    for turn, position in positions_of(turns, waiting).items():
        yield _problem(position, waiting[turn], "critical", dataset.key[0])
    for position in positions_of(turns, settled.amend_nothing).values():
        yield _problem(position, "amends_unknown", "warning", dataset.amends)


def _problem(position: int, rule: str, severity: Severity, column: str | None) -> Problem:
    return Problem(position, rule, VERSION, severity, MESSAGES[rule], column)
