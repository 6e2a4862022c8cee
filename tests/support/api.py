"""Airflow's own API server in this process, and callers of it: signed in by a token, by a cookie, or not at all."""

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Answer = dict[str, Any]


@dataclass(frozen=True)
class Api:
    """The server, and Simple auth's users."""

    client: Any

    def headers(self, name: str | None, role: str = "user") -> dict[str, str]:
        """What a signed-in user sends; nothing for None."""
        if name is None:
            return {}
        from airflow.api_fastapi.app import get_auth_manager
        from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

        token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username=name, role=role))
        return {"Authorization": f"Bearer {token}"}

    def get(self, path: str, name: str | None = None, role: str = "user") -> Any:
        return self.client.get(path, headers=self.headers(name, role), follow_redirects=False)

    def waiting(self, dag_id: str) -> list[Answer]:
        """Requests for an answer that a task waits for."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/~/hitlDetails?response_received=false&state=awaiting_input"
        return list(self.get(path, "admin", "admin").json()["hitl_details"])

    def answer(self, request: Answer, name: str | None, role: str = "user", **body: Any) -> Any:
        """Answer a request: approve what it shows, unless `body` says otherwise."""
        task = request["task_instance"]
        path = (
            f"/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}"
            f"/taskInstances/{task['task_id']}/{task['map_index']}/hitlDetails"
        )
        given = {"digest": request["params"]["digest"]["value"], "statement": ""}
        sent = {"chosen_options": ["Approve"], "params_input": given} | body
        return self.client.patch(path, json=sent, headers=self.headers(name, role))

    def _end(self, dag_id: str) -> None:
        """Let a run that waits fail, so that the test that it belongs to goes on."""
        headers = self.headers("admin", "admin")
        for run in self.client.get(f"/api/v2/dags/{dag_id}/dagRuns", headers=headers).json()["dag_runs"]:
            path = f"/api/v2/dags/{dag_id}/dagRuns/{run['dag_run_id']}"
            self.client.patch(path, json={"state": "failed"}, headers=headers)

    @contextmanager
    def answering(self, dag_id: str, act: Callable[[list[Answer]], None], wanted: int = 1) -> Any:
        """While the block runs, wait in a thread for `wanted` requests, and act on them. An error there fails here."""
        errors: list[BaseException] = []

        def watch() -> None:
            try:
                deadline = time.monotonic() + 120
                while len(found := self.waiting(dag_id)) < wanted:
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"{dag_id} asked {len(found)} times")
                    time.sleep(0.2)
                act(sorted(found, key=lambda one: one["task_instance"]["map_index"]))
            except BaseException as error:  # noqa: BLE001 (raised below, in the thread of the test)
                errors.append(error)
                self._end(dag_id)

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            thread.join(timeout=130)
            if errors:
                raise errors[0]


def open_api() -> Api:
    """Start Airflow's application; its settings must stand in the environment by now."""
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    return Api(TestClient(create_app(), raise_server_exceptions=True))
