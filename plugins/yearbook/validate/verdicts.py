"""What decisions say of what was found: waived, decided, or open; and which records that holds.

Not its business: which decisions apply (`judge.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from yearbook.validate.dispositions import EXCLUDED, HELD, Decided
from yearbook.validate.judge import Judged, TakenOut
from yearbook.validate.problem import Problem
from yearbook.validate.staged import positions_of

OPEN, WAIVED, DECIDED = "open", "waived", "decided"
BY_DECISION = "decision"


def weigh_problems(problems: Sequence[Problem], turns: Sequence[int], judged: Judged, year: int) -> list[Problem]:
    """Return the problems of a year's records (by their turns), each with its state and the decision behind it.

    Of a record that is held or excluded, everything found is decided. What is open and was waived until then names the
    waiver that lapsed.
    """
    waivers = {(turn, one.rule): one.number for one in judged.waivers for turn in one.turns}

    def weigh(problem: Problem) -> Problem:
        turn = None if problem.position is None else turns[problem.position]
        if turn is None:
            waiver, lapsed = judged.of_years.get((year, problem.rule)), judged.reopened_years.get((year, problem.rule))
        elif turn in judged.taken_out:
            return replace(problem, state=DECIDED, decision=judged.taken_out[turn].number)
        else:
            waiver, lapsed = waivers.get((turn, problem.rule)), judged.reopened.get((turn, problem.rule))
        if waiver is not None:
            return replace(problem, state=WAIVED, decision=waiver)
        return problem if lapsed is None else replace(problem, decision=lapsed)

    return [weigh(problem) for problem in problems]


def dispositions_of(problems: Sequence[Problem], turns: Sequence[int], taken_out: Mapping[int, TakenOut]) -> Decided:
    """Return, by turn, which records are held or excluded: for an open critical problem, or by a decision."""
    held: dict[int, set[str]] = {}
    for problem in problems:
        if problem.severity == "critical" and problem.state == OPEN and problem.position is not None:
            held.setdefault(turns[problem.position], set()).add(problem.rule)
    places = {turn: (HELD, ";".join(sorted(rules))) for turn, rules in held.items()}
    here = positions_of(turns, taken_out)
    return places | {turn: (EXCLUDED if taken_out[turn].is_excluded else HELD, BY_DECISION) for turn in here}
