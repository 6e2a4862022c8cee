"""Late editions are told once a week, however often one looks.

Not its business: which are late, and what is said of them (`notices`).
"""

from datetime import date
from typing import TYPE_CHECKING

from yearbook.orchestrate.mail import named_people, send

if TYPE_CHECKING:
    from yearbook.workspace import Workspace

STEP = "late"
"""The step under which it is remembered what was told."""


def tell(workspace: "Workspace", today: date) -> None:
    """Tell which editions are late, unless the same was told this week."""
    from yearbook.lake.hashing import fingerprint
    from yearbook.notices import late_editions, of_lateness

    late = late_editions(workspace, today)
    with workspace.step(STEP) as step:
        if step.is_current(fingerprint(late, today.isocalendar()[:2])):
            return
        send(of_lateness(workspace, today, named_people()))
        step.finish({"late": late}, len(late))
