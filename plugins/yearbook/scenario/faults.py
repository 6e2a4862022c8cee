"""What happens to contracts on their way to the office: amended, cancelled, sent twice, mistyped, unreadable.

True contracts stay true (an amendment brings the old version beside the last one); what is wrong is added to them, in
small amounts and between enterprises at home, so that no pinned figure moves. Not its business: how cells are spelt.
"""

from datetime import date
from typing import Any

from yearbook.scenario.contracts import Contract
from yearbook.scenario.draws import Draws
from yearbook.scenario.plan import YEARS

SHARE_PER_TEN_THOUSAND = {
    "amended": 40,
    "amended_under_new_number": 25,
    "sent_twice": 40,
    "cancelled": 25,
    "unread_date": 8,
    "unread_amount": 8,
    "unknown_country": 8,
}
UNIT_ERRORS, CONTRADICTIONS = 2, 1
LAST_DAY = date(YEARS[-1], 12, 31).toordinal()
SMALL_STEP, SMALL_STEPS = 10_000, 300
WRONG_UNIT = 10_000

BAD_DATES = ("不详", "2023年13月45日", "二〇二三年", "31/02/2023", "待补")
BAD_AMOUNTS = ("面议", "见附件", "约120", "12-15")
BAD_COUNTRIES = ("亚特兰蒂斯", "Atlantis", "某国")


def deliver_contracts(contracts: list[Contract], seed: int) -> list[Contract]:
    """Return the contracts as the offices register them, in order of registration.

    A row may hold `raw`: texts that stand in place of fields that nobody can read. A contract that is sent twice is one
    object that stands twice.
    """
    draws = Draws(seed, "faults")
    delivered = _with_histories(contracts, draws)
    models = [one for one in contracts if one["stock"] == "enterprise"]
    for kind, make in _ADDED.items():
        count = max(1, len(contracts) * SHARE_PER_TEN_THOUSAND[kind] // 10_000)
        delivered += _added(kind, make, count, models, draws)
    delivered += _added("unit_error", _wrong_unit, UNIT_ERRORS, models, draws)
    delivered += _added("contradiction", _contradiction, CONTRADICTIONS, models, draws)
    return sorted(
        delivered, key=lambda one: (one["registration_date"], one["contract_id"], one["status"], one["value"])
    )


def _with_histories(contracts: list[Contract], draws: Draws) -> list[Contract]:
    fates = draws.below(len(contracts), 10_000).tolist()
    turns = draws.between(len(contracts), 0, 999).tolist()
    same, renamed, twice = _limits("amended", "amended_under_new_number", "sent_twice")
    delivered: list[Contract] = []
    for contract, fate, turn in zip(contracts, fates, turns, strict=True):
        if fate >= twice:
            delivered.append(contract)
        elif fate >= renamed:
            delivered += [contract, contract]
        else:
            delivered += _amended(contract, turn, new_number=fate >= same)
    return delivered


def _limits(*kinds: str) -> list[int]:
    shares = [SHARE_PER_TEN_THOUSAND[kind] for kind in kinds]
    return [sum(shares[: position + 1]) for position in range(len(shares))]


def _amended(contract: Contract, turn: int, *, new_number: bool) -> list[Contract]:
    registered = contract["registration_date"] + 40 + turn % 160
    if registered > LAST_DAY:
        return [contract]
    before = {**contract, "value": contract["value"] * (700 + turn % 600) // 1_000}
    before["technology_value"] = before["value"] * 8 // 10
    latest = {**contract, "status": "amended", "registration_date": registered}
    if new_number:
        latest |= {"contract_id": f"{contract['contract_id']}-A1", "amends_contract_id": contract["contract_id"]}
    return [before, latest]


def _added(kind: str, make: Any, count: int, models: list[Contract], draws: Draws) -> list[Contract]:
    rows: list[Contract] = []
    chosen = draws.below(count, len(models)).tolist()
    turns = draws.below(count, 10_000).tolist()
    for number, (position, turn) in enumerate(zip(chosen, turns, strict=True), start=1):
        value = SMALL_STEP * (1 + turn % SMALL_STEPS)
        model = {**models[position], "stock": kind, "value": value, "technology_value": value * 8 // 10}
        model |= {"channel": "service", "equity_value": None, "researcher_equity_value": None}
        model["contract_id"] = f"{model['contract_id'][:11]}{_LETTERS[kind]}{number:05d}"
        model["registration_number"] = model["contract_id"].replace("-C-", "-R-")
        rows += make(model, turn)
    return rows


def _cancelled(model: Contract, turn: int) -> list[Contract]:
    later = min(model["registration_date"] + 30 + turn % 200, LAST_DAY)
    last = {**model, "status": "cancelled", "registration_date": later}
    return [model, last] if later > model["registration_date"] else [last]


def _unread_date(model: Contract, turn: int) -> list[Contract]:
    return [{**model, "raw": {"sign_date": BAD_DATES[turn % len(BAD_DATES)]}}]


def _unread_amount(model: Contract, turn: int) -> list[Contract]:
    return [{**model, "raw": {"value": BAD_AMOUNTS[turn % len(BAD_AMOUNTS)]}}]


def _unknown_country(model: Contract, turn: int) -> list[Contract]:
    raw = {"buyer_country": BAD_COUNTRIES[turn % len(BAD_COUNTRIES)]}
    return [{**model, "buyer_province": None, "raw": raw}]


def _wrong_unit(model: Contract, turn: int) -> list[Contract]:
    return [{**model, "value": 320_000 * WRONG_UNIT, "technology_value": 300_000}]


def _contradiction(model: Contract, turn: int) -> list[Contract]:
    return [model, {**model, "value": model["value"] + 50_000}]


_LETTERS = {
    "cancelled": "C", "unread_date": "D", "unread_amount": "A", "unknown_country": "L", "unit_error": "U",
    "contradiction": "X",
}  # fmt: skip
_ADDED: dict[str, Any] = {
    "cancelled": _cancelled,
    "unread_date": _unread_date,
    "unread_amount": _unread_amount,
    "unknown_country": _unknown_country,
}
