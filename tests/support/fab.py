"""Run as a program: Airflow under FAB, with a user for each role; prints what each gets on each path, as JSON.

Airflow takes its settings once in a process, so FAB needs one of its own.
"""

import json
import sys


def main(paths: list[str], roles: list[str]) -> None:
    from airflow.api_fastapi.app import create_app, get_auth_manager
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
    from fastapi.testclient import TestClient

    client = TestClient(create_app(), raise_server_exceptions=False)
    with get_application_builder() as builder:
        manager = builder.sm
        for name in roles:
            if manager.find_role(name) is None:
                raise SystemExit(f"there is no role {name}")
            manager.add_user(name, name, name, f"{name}@example.org", manager.find_role(name), password="x")
        users = {name: manager.find_user(username=name) for name in roles}
        tokens = {name: get_auth_manager().generate_jwt(user) for name, user in users.items()}

    def ask(path: str, headers: dict[str, str]) -> int:
        method = "PATCH" if path.endswith("hitlDetails") else "GET"
        return int(client.request(method, path, headers=headers).status_code)

    found = {name: {path: ask(path, {"Authorization": f"Bearer {tokens[name]}"}) for path in paths} for name in roles}
    found["nobody"] = {path: ask(path, {}) for path in paths}
    print("FOUND " + json.dumps(found))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), json.loads(sys.argv[2]))
