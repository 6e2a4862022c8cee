"""The task that waits for a signature: it says what is signed, and when it is answered writes the signature itself.

Whoever may look into Airflow may read a request. So no figure of the edition stands in it: it names the page of Review
that shows them, to those who may look there.

Airflow resumes it with its own answer, which no other task can read: so it is this task that signs, and what publishes
believes the catalogue alone, neither XComs nor states. A request that somebody marked as success has signed nothing.
Not its business: who may sign (`answers`, `signoff`).
"""

from functools import partial
from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Param
from airflow.sdk.definitions.param import ParamsDict

from yearbook.errors import SignOffError
from yearbook.orchestrate import tasks
from yearbook.orchestrate.pages import signing_page
from yearbook.orchestrate.partitions import current_year


class SignOffOperator(ApprovalOperator):
    """Waits for one person's signature under an edition of a programme; `signature` says which of how many it is."""

    def __init__(self, *, programme: str, signature: str = "", **kwargs: Any) -> None:
        super().__init__(subject=f"{programme} {signature}", **kwargs)
        self.programme = programme
        self.signature = signature

    def execute(self, context: Any) -> Any:
        """Say what is to be signed, and wait. Raises `SignOffError` where it is not what there is by now."""
        from yearbook.signoff import LONGEST_STATEMENT

        year = current_year()
        statement = tasks.statement(self.programme, year)
        digest = statement.digest.digest
        self.subject = f"{statement.subject} ({self.signature})"
        self.body = statement.request(partial(signing_page, self.programme, year))
        self.params = ParamsDict(
            {
                # What the signer saw comes back with the answer: a form that was open too long signs nothing.
                "digest": Param(digest, type="string", enum=[digest], title="What is signed / 所签内容"),
                # Airflow's page lets nobody answer while a text without `null` is empty.
                "statement": Param(
                    None,
                    type=["null", "string"],
                    maxLength=LONGEST_STATEMENT,
                    title="To be kept with it / 附言（可空）",
                ),
            }
        )
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Write the signature. Raises `SignOffError` where the answer is not one that signs."""
        year, by = current_year(), (event["responded_by_user"] or {}).get("name")
        if event["chosen_options"] != [self.APPROVE]:
            raise SignOffError(
                f"{by} did not approve the edition {year}",
                where=context["dag"].dag_id,
                fix="mend what they saw; the next run asks again",
            )
        given = event["params_input"] or {}
        run, index = context["run_id"], context["ti"].map_index
        tasks.sign_year(self.programme, year, run=run, index=index, by=by, at=event["responded_at"], given=given)
        return super().execute_complete(context, event)
