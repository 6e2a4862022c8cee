"""Run as a program, in the environment of an Airflow under FAB: make a user for each role that is named.

The password is the name of the role, and so is the name of the user.
"""

import sys


def main(roles: list[str]) -> None:
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        manager = builder.sm
        for name in roles:
            if (role := manager.find_role(name)) is None:
                raise SystemExit(f"there is no role {name}")
            manager.add_user(name, name, name, f"{name}@example.org", role, password=name)


if __name__ == "__main__":
    main(sys.argv[1:])
