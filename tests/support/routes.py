"""Every route of the pages inside Airflow, what it asks of a caller, and a look at who comes in."""

import re
from typing import Any

REPORTS, REVIEW = "/yearbook/reports", "/yearbook/review"
ANSWER = "/api/v2/dags/tiny.publish/dagRuns/no_such_run/taskInstances/sign_off/0/hitlDetails"
ROUTES = {
    ("GET", f"{REPORTS}/"): "read",
    ("GET", f"{REPORTS}/tiny/2024/en.html"): "read",
    ("GET", f"{REPORTS}/no/such/file.css"): "read",
    ("GET", f"{REVIEW}/"): "review",
    ("GET", f"{REVIEW}/style.css"): "review",
    ("GET", f"{REVIEW}/no/such/file.css"): "review",
    ("GET", f"{REVIEW}/tiny/2024"): "review",
    ("GET", f"{REVIEW}/tiny/2024/signing"): "review",
    ("GET", f"{REVIEW}/tiny/findings"): "review",
    ("GET", f"{REVIEW}/tiny/next"): "review",
    ("GET", f"{REVIEW}/tiny/records"): "review",
    ("GET", f"{REVIEW}/tiny/record"): "review",
    ("GET", f"{REVIEW}/tiny/decisions"): "review",
    ("GET", f"{REVIEW}/tiny/decision"): "review",
    ("GET", f"{REVIEW}/tiny/figures"): "review",
    ("GET", f"{REVIEW}/tiny/trace"): "review",
    ("POST", f"{REVIEW}/tiny/assign"): "review",
    ("POST", f"{REVIEW}/tiny/figures/preview"): "review",
    ("GET", f"{REVIEW}/tiny/decide"): "decide",
    ("GET", f"{REVIEW}/tiny/bulk"): "decide",
    ("POST", f"{REVIEW}/tiny/decide"): "decide",
    ("POST", f"{REVIEW}/tiny/decision"): "decide",
    ("POST", f"{REVIEW}/tiny/bulk"): "decide",
    ("POST", f"{REVIEW}/tiny/figures"): "decide",
    ("PATCH", ANSWER): "sign",
}
TOKEN = re.compile(r'name="token" value="([^"]+)"')
NOBODY, FORBIDDEN, BROKEN = 401, 403, 500


def look(client: Any, headers: dict[str, str]) -> dict[str, set[str]]:
    """What a caller may do, and the routes that did not answer as that says: `403 GET /…`; forms carry their token."""
    token = TOKEN.search(client.get(f"{REVIEW}/tiny/figures", headers=headers).text)
    form = {"token": token.group(1)} if token else {}
    sent = {"POST": {"data": form}, "PATCH": {"json": {"chosen_options": ["Reject"], "params_input": {}}}}
    statuses = {
        route: client.request(*route, headers=headers, **sent.get(route[0], {})).status_code for route in ROUTES
    }
    may = {ROUTES[route] for route, status in statuses.items() if status < BROKEN and status not in (NOBODY, FORBIDDEN)}
    refusal = FORBIDDEN if headers else NOBODY
    odd = {
        f"{status} {' '.join(route)}"
        for route, status in statuses.items()
        if status >= BROKEN or (status in (NOBODY, FORBIDDEN)) == (ROUTES[route] in may) or status == NOBODY != refusal
    }
    return {"may": may, "odd": odd}
