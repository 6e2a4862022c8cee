"""Records that amend another record under a key of their own: of a chain only the last one counts.

Where two records amend the same one, the later by `latest_by` counts; where nothing says which is later, or where
records amend each other in a circle, all of them wait for a decision.
"""

from dataclasses import dataclass

import pyarrow as pa

from yearbook.errors import RuleError
from yearbook.validate.versions import (
    Key,
    Ordering,
    Verdict,
    Version,
    entangled_versions,
    newest_of,
    not_out,
    settle_key,
)

Verdicts = dict[int, Verdict]


@dataclass(frozen=True)
class Settled:
    """The verdict on each row (by turn) that does not simply count, and the rows that amend a record unknown here."""

    verdicts: Verdicts
    amend_nothing: frozenset[int]


def settle_versions(ordering: Ordering, rows: pa.Table) -> Settled:
    """Decide between all versions of all records of a dataset.

    Raises `RuleError` where a dataset whose records amend others has a key of several fields.
    """
    versions = entangled_versions(ordering, rows)
    verdicts = {turn: verdict for several in versions.values() for turn, verdict in settle_key(several).items()}
    if ordering.amends is None:
        return Settled(verdicts, frozenset())
    if len(ordering.key) > 1:
        raise RuleError(
            f"`amends: {ordering.amends}` points to one field, and the key has {len(ordering.key)}",
            where=f"dataset {ordering.dataset}",
            fix="give the dataset a key of one field, or remove `amends`",
        )
    targets = {key: target for key, several in versions.items() if (target := _target(key, several))}
    known = _open_circles(versions, {key: target for key, target in targets.items() if target in versions})
    verdicts |= _settle_chains(versions, known, verdicts)
    strays = {version.turn for key in targets.keys() - known.keys() for version in versions[key] if version.amends}
    return Settled(verdicts, frozenset(strays - verdicts.keys()))


def _target(key: Key, versions: list[Version]) -> Key | None:
    """The key that a record amends, by its newest version that says so; amending itself is being a version."""
    speaking = [version for version in versions if version.amends is not None and (version.amends,) != key]
    return (newest_of(speaking)[0].amends,) if speaking else None


def _open_circles(versions: dict[Key, list[Version]], targets: dict[Key, Key]) -> dict[Key, Key]:
    """Let what is excluded amend nothing where records amend each other in a circle: so a decision opens it."""
    return {
        key: target
        for key, target in targets.items()
        if not all(version.is_out for version in versions[key]) or _origin(key, targets) is not None
    }


def _settle_chains(versions: dict[Key, list[Version]], targets: dict[Key, Key], verdicts: Verdicts) -> Verdicts:
    settled: Verdicts = {}
    ends: dict[Key, list[Key]] = {}
    amended = set(targets.values())
    for key in sorted(targets.keys() | amended):
        origin = _origin(key, targets)
        if origin is None:
            settled |= _judge(versions[key], Verdict("amendment_cycle", held=True), verdicts)
        elif key in amended:
            settled |= _judge(versions[key], Verdict("amended", held=False), verdicts)
        else:
            ends.setdefault(origin, []).append(key)
    for rivals in ends.values():
        settled |= _settle_rivals({key: versions[key] for key in rivals}, verdicts)
    return settled


def _origin(key: Key, targets: dict[Key, Key]) -> Key | None:
    """The first record of a chain, or None where the chain runs into a circle."""
    seen = {key}
    while key in targets:
        key = targets[key]
        if key in seen:
            return None
        seen.add(key)
    return key


def _settle_rivals(rivals: dict[Key, list[Version]], verdicts: Verdicts) -> Verdicts:
    if len(rivals) == 1:
        return {}
    standing = [version for versions in rivals.values() for version in versions if _stands(version, verdicts)]
    newest = not_out(newest_of(standing))
    if len(newest) > 1:
        return {version.turn: Verdict("amended_twice", held=True) for version in standing}
    return {version.turn: Verdict("amended", held=False) for version in standing if version is not newest[0]}


def _stands(version: Version, verdicts: Verdicts) -> bool:
    return version.turn not in verdicts or verdicts[version.turn].held


def _judge(versions: list[Version], verdict: Verdict, verdicts: Verdicts) -> Verdicts:
    return {version.turn: verdict for version in versions if _stands(version, verdicts)}
