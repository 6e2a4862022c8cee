"""Show a run while it goes on, from the run log: a line for each step done, and what is under way.

It reads the catalogue only, so that it shows the same for every way of running. Not its business: running anything.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from yearbook.catalogue import Catalogue, Event
from yearbook.errors import printable
from yearbook.model.recipe import year_label
from yearbook.workspace import RUN

POLL_SECONDS = 0.2
WIDTHS = (9, 41, 7, 11, 7)
LEFT = 2
HEADER = ("step", "what", "year", "rows", "seconds")
STYLES = {"done": "", "failed": "bold red"}


class Progress:
    """What this run did so far: every step by its name, subject and year, with its last state."""

    def __init__(self, catalogue: Catalogue, console: Console) -> None:
        self._catalogue, self._console = catalogue, console
        self._last = catalogue.last_event()
        self._states: dict[tuple[str, str, int | None], str] = {}
        self._running: dict[tuple[str, str, int | None], float] = {}
        self._is_headed = False
        self._notes: list[str] = []

    def counts(self, *states: str) -> Counter[str]:
        """How many steps of each name ended in one of `states`."""
        return Counter(key[0] for key, state in self._states.items() if state in states)

    def poll(self) -> None:
        """Read what is new in the run log, and print what was done."""
        for event in self._catalogue.events(self._last):
            self._last = event.id
            if event.run == RUN:
                self._take(event)

    def _take(self, event: Event) -> None:
        if event.state == "note":
            self._notes.append(
                printable(" ".join(filter(None, (event.step, _when(event.year)))) + f": {event.message}")
            )
            return
        key = (event.step, event.subject, event.year)
        if event.state == "started":
            self._running[key] = time.monotonic()
            return
        self._running.pop(key, None)
        # A preview says `kept` before the run itself: what was once redone in this run stays so.
        if self._states.get(key) != "done":
            self._states[key] = event.state
        if event.state in STYLES:
            self._print(Text(_line(event), style=STYLES[event.state]))

    def tell_notes(self) -> None:
        """Print what somebody should know of the steps that were done."""
        for note in self._notes:
            self._console.print(Text(note), soft_wrap=True)

    def _print(self, line: Text) -> None:
        if not self._is_headed:
            self._console.print(Text(_cells(*HEADER), style="bold"))
            self._is_headed = True
        self._console.print(line, soft_wrap=True)

    def __rich__(self) -> Table:
        """What is under way, for the live part of the screen."""
        table = Table.grid(padding=(0, 1))
        for (step, subject, year), began in list(self._running.items()):
            seconds = time.monotonic() - began
            table.add_row(Text(_cells(step, _name(subject), _when(year), "", f"{seconds:.1f}"), style="cyan"))
        if not self._running:
            table.add_row(Text("…", style="dim"))
        return table


@contextmanager
def show_progress(catalogue: Catalogue, console: Console) -> Iterator[Progress]:
    """Show what the steps of this process do while the block runs; give the block what was counted."""
    progress = Progress(catalogue, console)
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(POLL_SECONDS):
            progress.poll()

    watcher = threading.Thread(target=watch, daemon=True)
    with Live(progress, console=console, transient=True, refresh_per_second=8):
        watcher.start()
        try:
            yield progress
        finally:
            stop.set()
            watcher.join()
            progress.poll()
            progress.tell_notes()


def _line(event: Event) -> str:
    rows = "" if event.rows is None else f"{event.rows:,}"
    seconds = "" if event.seconds is None else f"{event.seconds:.1f}"
    cells = _cells(event.step, _name(event.subject), _when(event.year), rows, seconds)
    return f"{cells}  failed" if event.state == "failed" else cells


def _name(subject: str) -> str:
    """What a step works on; of a delivery (`source.entry|address`), the source and the end of the address."""
    subject = printable(subject).replace("\n", " ")
    label, bar, address = subject.partition("|")
    if not bar:
        return subject
    source, file = label.partition(".")[0], address.rstrip("/").rsplit("/", 1)[-1]
    room = WIDTHS[1] - cell_len(source) - 1
    return f"{source} {file if cell_len(file) <= room else _end(file, room)}"


def _end(text: str, width: int) -> str:
    while cell_len(text) >= width:
        text = text[1:]
    return f"…{text}"


def _when(year: int | None) -> str:
    return "" if year is None else year_label(year)


def _cells(*cells: str) -> str:
    """A line of the table. Chinese characters take two places, so that their number is not their width."""
    sized = [
        set_cell_size(cell, width) if at < LEFT else " " * (width - cell_len(cell)) + cell
        for at, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    ]
    return " ".join(sized)
