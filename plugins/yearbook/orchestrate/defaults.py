"""What all tasks share: when to try again, when never to, and under which names people see them."""

from datetime import timedelta
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

from yearbook.errors import LeaseError, SourceUnavailableError

TRY_AGAIN = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=SourceUnavailableError, reason="the source did not answer"),
        RetryRule(exception=LeaseError, reason="another run is at work on the same step"),
        RetryRule(exception=[ConnectionError, TimeoutError], reason="the network or a store did not answer"),
    ],
    # Bad data, a wrong definition or a defect stays what it is, however often one tries.
    default=RetryAction.FAIL,
)

TASK_DEFAULTS: dict[str, Any] = {
    "retries": 3,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=10),
    "retry_policy": TRY_AGAIN,
}

# A mapped task shows what it works on: "2024 contracts_2024.csv", "contracts 2024".
DELIVERY_NAME = "{{ task.op_kwargs['delivery'].split('|')[0] }} {{ task.op_kwargs['delivery'].split('/')[-1] }}"
PROGRAMME_NAME = "{{ task.op_kwargs['programme'] }}"
DATASET_NAME = "{{ task.op_kwargs['dataset'] }} {{ partition_key or params.year }}"

SIGN_OFF = "sign_off"
"""The task that waits for a signature."""
SIGNATURE_NAME = "signature {{ task.signature }}"

LONGEST_WAIT = timedelta(days=180)
"""How long a run waits for people before it fails."""
EMBARGO_NAP = timedelta(hours=1)
"""How long an embargoed edition sleeps at most, so that an embargo that is lifted or moved is seen."""
FINDINGS_POLL_SECONDS = 60
"""How often an edition that waits for people looks whether its critical findings are worked off."""
