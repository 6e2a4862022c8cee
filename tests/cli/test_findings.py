"""Which findings the command line shows, and in which order: the new, then by severity, then by their effect."""

from pathlib import Path

from bench import make_bench
from deciding import PARTIES, decide
from yearbook.cli.findings import Choice

WEIGHED = PARTIES.replace("fields:\n", "effect: {indicator: contract_value, numerator: r.value}\nfields:\n", 1)
ROWS = """
    id | day        | value
    A  | 2024-05-01 | 2000
    B  | 2024-05-02 | -1
    C  | 2024-05-03 | 5000
"""


def test_the_weightiest_findings_stand_first_and_are_chosen_by_state(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, WEIGHED)

    def found(choice: Choice) -> list[tuple[str, str, bool]]:
        bench.validate("things", 2024)
        return [(one.record_key, one.severity, one.is_new) for one in choice.find(bench.workspace)]

    bench.stage("things", ROWS)
    assert found(Choice()) == [("B", "critical", True), ("C", "warning", True), ("A", "warning", True)]
    bench.stage("things", "id | day | value\nD | 2024-06-01 | 1500")
    decide(bench, "hold", "A")
    assert found(Choice()) == [
        ("D", "warning", True),
        ("B", "critical", False),
        ("C", "warning", False),
        ("A", "warning", False),
    ]
    assert found(Choice(state="decided")) == [("A", "warning", False)]
