"""Achievements as the register's service exports them: JSON Lines with nested fields, one file for some years."""

import json
from collections.abc import Callable
from itertools import cycle
from typing import Any

from yearbook.scenario.achievements import Achievement
from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.labels import CHANNELS, MARK, SECTORS, in_chinese

PARTS = ((2014, 2019), (2020, 2024))
FAULTS_PER_TEN_THOUSAND, SENT_TWICE_PER_TEN_THOUSAND = 6, 30
BAD_DATES = ("2019-02-30", "不详", "待定")
Names = dict[str, tuple[str, str, str]]


def achievement_files(achievements: list[Achievement], names: Names, seed: int) -> dict[str, bytes]:
    """Return the files by path."""
    draws = Draws(seed, "handwriting of achievements")
    fates = draws.below(len(achievements), 10_000).tolist()
    faults = cycle(FAULTS)
    lines: dict[str, list[str]] = {
        f"achievements/{MARK}_achievements_{first}-{last}.jsonl": [] for first, last in PARTS
    }
    paths = {year: path for path, part in zip(lines, PARTS, strict=True) for year in range(part[0], part[1] + 1)}
    encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for one, fate in zip(achievements, fates, strict=True):
        path = paths[int(one["achievement_id"][6:10])]
        text = encode(_nested(one, names))
        lines[path] += [text] * (2 if fate < SENT_TWICE_PER_TEN_THOUSAND else 1)
        if fate >= 10_000 - FAULTS_PER_TEN_THOUSAND:
            lines[path] += map(encode, next(faults)(one, names))
    return {path: ("\n".join(texts) + "\n").encode() for path, texts in lines.items()}


def _nested(one: Achievement, names: Names) -> dict[str, Any]:
    chinese, english, _ = names[one["institution_id"]]
    return {
        "id": one["achievement_id"],
        "simulated": True,
        "title": one["title"],
        "institution": {"id": one["institution_id"], "name": {"zh": chinese, "en": english}},
        "registration": {"date": cells.iso(one["registered_date"]), "field": in_chinese(SECTORS, one["field"])},
        "maturity": {"trl": one["trl"]},
        "rights": {"research_team_percent": one["researcher_rights_share"]},
        "outcome": {
            "commercialized": {
                "date": _iso(one["commercialized_date"]),
                "channel": in_chinese(CHANNELS, one["commercialized_channel"]) or None,
            },
            "withdrawn": _iso(one["withdrawn_date"]),
        },
    }


def _unreadable(one: Achievement, names: Names) -> list[dict[str, Any]]:
    registration = {"registration": {"date": BAD_DATES[one["trl"] % len(BAD_DATES)]}}
    return [{**_nested(one, names), "id": f"{one['achievement_id']}-X", **registration}]


def _over_all_rights(one: Achievement, names: Names) -> list[dict[str, Any]]:
    return [{**_nested(one, names), "id": f"{one['achievement_id']}-X", "rights": {"research_team_percent": 170}}]


def _two_versions(one: Achievement, names: Names) -> list[dict[str, Any]]:
    nested = {**_nested(one, names), "id": f"{one['achievement_id']}-X"}
    return [nested, {**nested, "maturity": {"trl": one["trl"] % 9 + 1}}]


# What is wrong stands beside what is right, and waits for a decision.
FAULTS: tuple[Callable[[Achievement, Names], list[dict[str, Any]]], ...] = (
    _unreadable,
    _over_all_rights,
    _two_versions,
)


def _iso(day: int | None) -> str | None:
    return None if day is None else cells.iso(day)
