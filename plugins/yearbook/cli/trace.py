"""`yearbook trace`: from a figure down to the records that make it up, from a record up to the figures it touches."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.common import ProgrammeOption, complaints, emit, known, open_programme, show_table, teaching
from yearbook.compute.tracing import MOST_WORLDS, Touched, Traced
from yearbook.errors import TraceError
from yearbook.workspace import Workspace

Line = dict[str, object]


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
        if record:
            columns, lines = _up(workspace, known(record[0], workspace.recipe.datasets, "dataset"), record[1], year)
        else:
            if dataset:
                known(dataset, workspace.recipe.datasets, "dataset")
            columns, lines = _down(workspace, str(figure), dataset, most)
        _show(columns, lines, as_table, output)


def _down(workspace: Workspace, figure: str, dataset: str | None, most: int) -> tuple[list[str], list[Line]]:
    from yearbook.compute.origins import find_origins
    from yearbook.compute.tracing import trace_figure
    from yearbook.validate.keys import key_text

    traced = trace_figure(workspace, figure, dataset, most=most)
    fields = workspace.recipe.indicators[traced.row["indicator"]].definition.fields.get(traced.dataset, [])
    key = workspace.recipe.datasets[traced.dataset].key
    origins = find_origins(workspace, traced.row["year"], traced.dataset, traced.records)
    lines = [
        {"dataset": traced.dataset, "year": one.year, "record": key_text(key, record)}
        | {name: record[name] for name in fields}
        | {"source": one.source, "file": one.file, "row": one.row, "record_hash": one.record_hash}
        for one, record in zip(origins, traced.records, strict=True)
    ]
    complaints.print(_say(traced), highlight=False, markup=False, soft_wrap=True)
    return ["dataset", "year", "record", *fields, "source", "file", "row", "record_hash"], lines


def _say(traced: Traced) -> str:
    row = traced.row
    said = f"{traced.figure}: {row['value']} {row['unit']}, status {row['status']}, {row['records']} records. "
    if traced.unsettled:
        return said + (
            f"{len(traced.records):,} records of {traced.dataset} touch it for certain; of {len(traced.unsettled):,}"
            " more some may, which so many questions did not tell apart (ask more with --most); no other does."
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
    complaints.print(f"{len(found):,} figures", highlight=False)
    return ["figure", "value", "without", "unit"], [asdict(one) for one in found]


def _show(columns: Sequence[str], lines: list[Line], as_table: bool, output: Path | None) -> None:
    from yearbook.tables import write_csv

    if as_table:
        show_table(list(columns), lines)
    else:
        emit(write_csv(list(columns), lines), output)
