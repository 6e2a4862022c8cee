"""Technology managers as offices keep them: a register in Parquet, recognitions in a database, services as CSV."""

import csv
import io
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.files.repeats import with_repeats
from yearbook.scenario.files.tables import database
from yearbook.scenario.labels import MARK, PARTNERS
from yearbook.scenario.managers import COMPETENCIES, Row
from yearbook.scenario.words import MANAGER_LEVELS

REPEATED_PER_MILLE = 3
PARTS = ((2015, 2022), (2023, 2024))
UNSTATED_EVERY = 4_001
REGISTER = pa.schema(
    [("Manager ID", pa.string()), ("Certified on", pa.date32()), ("Level", pa.string()),
     *((name, pa.bool_()) for name in COMPETENCIES), ("remark", pa.string())]
)  # fmt: skip
REMARK = "模拟 / SIMULATED"
SERVICE_HEADS = (
    "Service no.", "Manager", "Project no.", "Service date", "Valuation", "Listed price", "Winning bid", "Currency",
    "Remark",
)  # fmt: skip
# Under the number of an identity card, though of nobody's; in two levels at once: both wait for a decision.
FAULTS: tuple[Row, ...] = (
    {"manager_id": "99999919000101999X", "certified_date": date(2024, 5, 6).toordinal(), "level": "junior"},
    {"manager_id": "SIM-M-2024-99003", "certified_date": date(2024, 7, 1).toordinal(), "level": "junior"},
    {"manager_id": "SIM-M-2024-99003", "certified_date": date(2024, 7, 1).toordinal(), "level": "senior"},
)
# Recognised though nobody knows of a certification.
STRANGER: Row = {"manager_id": "SIM-M-2020-99009", "partner": "SRB", "recognised_date": date(2023, 9, 12).toordinal()}
# Listed for nothing: waits for a decision.
FREE: Row = {
    "service_id": "SIM-S-2023-9001", "manager_id": "SIM-M-2020-00007", "project_id": None,
    "date": date(2023, 4, 3).toordinal(), "listing_price": 0, "currency": "CNY",
}  # fmt: skip


def manager_files(managers: list[Row], seed: int) -> dict[str, bytes]:
    """Return the register by path: what is certified early stands in the older file, save a few late rows."""
    draws = Draws(seed, "handwriting of managers")
    late = draws.chance(len(managers), REPEATED_PER_MILLE).tolist()
    parts: tuple[list[Row], ...] = ([], list(FAULTS))
    for number, (manager, is_late) in enumerate(zip(managers, late, strict=True), start=1):
        year = date.fromordinal(manager["certified_date"]).year
        is_able = all(manager[name] for name in COMPETENCIES)
        row = {**manager, COMPETENCIES[-1]: None} if number % UNSTATED_EVERY == 0 and not is_able else manager
        parts[is_late or year >= PARTS[1][0]].append(row)
    return {
        f"managers/{MARK}_technology_managers_{first}-{last}.parquet": _parquet(
            with_repeats(rows, REPEATED_PER_MILLE, draws)
        )
        for (first, last), rows in zip(PARTS, parts, strict=True)
    }


def _parquet(rows: list[Row]) -> bytes:
    """Neither compressed nor with a schema of Arrow's own: what these write differs from version to version."""
    columns: list[list[Any]] = [
        [row["manager_id"] for row in rows],
        [date.fromordinal(row["certified_date"]) for row in rows],
        [MANAGER_LEVELS[row["level"]][number % 2] for number, row in enumerate(rows)],
        *([row.get(name) for row in rows] for name in COMPETENCIES),
        [REMARK] * len(rows),
    ]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, REGISTER.types, strict=True)]
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=REGISTER), buffer, compression="NONE", store_schema=False)
    return buffer.getvalue()


def recognition_files(rows: list[Row], seed: int) -> dict[str, bytes]:
    """Return the database by path; countries are in Chinese or in English, as the partner wrote."""
    delivered = with_repeats([*rows, STRANGER], REPEATED_PER_MILLE, Draws(seed, "handwriting of recognitions"))
    written = [
        (row["manager_id"], PARTNERS[row["partner"]][number % 2], cells.iso(row["recognised_date"]), REMARK)
        for number, row in enumerate(delivered)
    ]
    content = database("simulated_recognitions", ("manager_id", "country", "recognised_on", "remark"), written)
    return {f"managers/{MARK}_recognitions.sqlite": content}


def service_files(rows: list[Row], seed: int) -> dict[str, bytes]:
    """Return the file by path: UTF-8 with a byte-order mark, semicolons, days first."""
    draws = Draws(seed, "handwriting of services")
    delivered = with_repeats([*rows, FREE], REPEATED_PER_MILLE, draws)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(SERVICE_HEADS)
    for row, hand in zip(delivered, cells.hands(len(delivered), draws), strict=True):
        prices = [cells.amount(row.get(name), hand) for name in ("valuation_price", "listing_price", "bid_price")]
        day = cells.day_first(row["date"])
        writer.writerow(
            [row["service_id"], row["manager_id"], row["project_id"] or "", day, *prices, row["currency"], REMARK]
        )
    return {f"managers/{MARK}_manager_services.csv": text.getvalue().encode("utf-8-sig")}
