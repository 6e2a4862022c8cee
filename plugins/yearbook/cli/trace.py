"""`yearbook trace`: from a figure down to the records that make it up, from a record up to the figures it touches."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.common import ProgrammeOption, complaints, emit, known, open_programme, show_table, teaching
from yearbook.compute.tracing import MOST_WORLDS, Touched, Traced
from yearbook.errors import TraceError
from yearbook.workspace import Workspace

EVERY = 40
"""So many questions apart, their number is told where nobody sees it change in place."""
INTERRUPTED = 130

Line = dict[str, object]


class Asking:
    """Tell how many questions were asked, and whether to ask on: Ctrl-C ends it with what was found so far."""

    def __init__(self, most: int, tell: Callable[[str], None], every: int) -> None:
        self._most, self._tell, self._every = most, tell, every
        self.is_stopped = False

    def goes_on(self, asked: int) -> bool:
        """Whether to ask on, after so many questions."""
        if asked % self._every == 0 and asked <= self._most:
            self._tell(f"asked {asked} of at most {self._most} …")
        return not self.is_stopped

    def stop(self, *_: object) -> None:
        """Ask no more; who interrupts again need not wait for the end."""
        self.is_stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def asking(most: int) -> Iterator[Asking]:
    """Tell on standard error how far it is: in one place on a terminal, else in lines."""
    status = complaints.status("asking …") if complaints.is_terminal else None

    def tell(text: str) -> None:
        if status:
            status.update(text)
        else:
            complaints.print(text, highlight=False)

    asked = Asking(most, tell, 1 if status else EVERY)
    before = signal.signal(signal.SIGINT, asked.stop)
    try:
        with status or nullcontext():
            yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def trace(
    figure: Annotated[
        str | None, typer.Argument(help="The figure's name in the report: contract_value.2024.partner=KEN.")
    ] = None,
    programme: ProgrammeOption = "demo",
    dataset: Annotated[
        str | None, typer.Option("--dataset", "-d", help="Whose records; those that the indicator measures by default.")
    ] = None,
    record: Annotated[
        tuple[str, str] | None,
        typer.Option("--record", metavar="DATASET KEY", help="Instead of a figure, a dataset and a record's key."),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="With --record: one edition; all that may rest on it by default.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many questions to ask at most.")] = MOST_WORLDS,
    as_table: Annotated[bool, typer.Option("--table", help="A table to read instead of CSV.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Show which records make up a figure, or which figures a record touches."""
    with teaching():
        if record and record[1].startswith("--"):
            raise TraceError(
                f"--record takes a dataset and a key, and `{record[1]}` is no key",
                where="trace",
                fix="`yearbook trace --record contracts <key>`, the key as `yearbook findings` has it",
            )
        workspace = open_programme(programme)
        if (figure is None) == (record is None):
            raise TraceError("name a figure, or a record", where="trace", fix="`yearbook trace contract_value.2024`")
        is_stopped = False
        if record:
            columns, lines = _up(workspace, known(record[0], workspace.recipe.datasets, "dataset"), record[1], year)
        else:
            if dataset:
                known(dataset, workspace.recipe.datasets, "dataset")
            columns, lines, is_stopped = _down(workspace, str(figure), dataset, most)
        _show(columns, lines, as_table, output)
    if is_stopped:
        raise typer.Exit(INTERRUPTED)


def _down(workspace: Workspace, figure: str, dataset: str | None, most: int) -> tuple[list[str], list[Line], bool]:
    from yearbook.compute.origins import find_origins
    from yearbook.compute.tracing import trace_figure
    from yearbook.validate.keys import key_text

    with asking(most) as asked:
        traced = trace_figure(workspace, figure, dataset, most=most, goes_on=asked.goes_on)
    fields = workspace.recipe.indicators[traced.row["indicator"]].definition.fields.get(traced.dataset, [])
    key = workspace.recipe.datasets[traced.dataset].key
    origins = find_origins(workspace, traced.row["year"], traced.dataset, traced.records)
    lines = [
        {"dataset": traced.dataset, "year": one.year, "record": key_text(key, record)}
        | {name: record[name] for name in fields}
        | {"source": one.source, "file": one.file, "row": one.row, "record_hash": one.record_hash}
        for one, record in zip(origins, traced.records, strict=True)
    ]
    stopped = "Stopped; this was found so far. " if asked.is_stopped else ""
    complaints.print(stopped + _say(traced), highlight=False, markup=False, soft_wrap=True)
    return ["dataset", "year", "record", *fields, "source", "file", "row", "record_hash"], lines, asked.is_stopped


def _say(traced: Traced) -> str:
    row = traced.row
    said = f"{traced.figure}: {row['value']} {row['unit']}, status {row['status']}, {row['records']} records. "
    if traced.unsettled:
        resting = ": it rests on them together, and which of them alone would change it was not asked"
        return said + (
            f"{len(traced.records):,} records of {traced.dataset} touch it for certain; of {len(traced.unsettled):,}"
            f" more some may, which the questions did not tell apart{resting if traced.is_resting else ''}"
            " (ask more with --most); no other does."
        )
    whole = "they alone give the same figure" if traced.is_whole else "they alone give ANOTHER figure"
    return said + f"{len(traced.records):,} records of {traced.dataset} touch it; {whole}."


def _up(workspace: Workspace, dataset: str, record: str, year: int | None) -> tuple[list[str], list[Line]]:
    from yearbook.compute.tracing import trace_record
    from yearbook.validate.keys import key_text

    key = workspace.recipe.datasets[dataset].key
    editions = [one.year for one in workspace.catalogue.editions() if year in (None, one.year)]
    found: list[Touched] = []
    missed: list[TraceError] = []
    for one in editions:
        complaints.print(f"{one}: computing the figures without the record …", highlight=False)
        try:
            found += trace_record(workspace, one, dataset, lambda row: key_text(key, row) == record)
        except TraceError as error:
            missed.append(error)
    if len(missed) == len(editions):
        raise missed[-1] if missed else TraceError("there is no such edition", where=dataset, fix="leave out --year")
    complaints.print(f"{len(found):,} figures; no other is another without the record", highlight=False)
    return ["figure", "value", "without", "unit"], [asdict(one) for one in found]


def _show(columns: Sequence[str], lines: list[Line], as_table: bool, output: Path | None) -> None:
    from yearbook.tables import write_csv

    if as_table:
        show_table(list(columns), lines)
    else:
        emit(write_csv(list(columns), lines), output)
