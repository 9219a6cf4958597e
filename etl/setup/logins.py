"""Logins of Airflow's pages for more than one person: the roles viewer, officer and admin.

Needs Airflow's FAB provider (requirements-fab.lock) and its environment: `khoxa login` runs
`python -m etl.setup.logins` with both. Passwords are asked for, and kept only as hashes in the
metadata database.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from getpass import getpass
from importlib import metadata
from typing import Any

from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.setup import airflow_home

MANAGER = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
ROLES = {"viewer": "Viewer", "officer": "officer", "admin": "Admin"}  # as FAB names them
OPERATED = ("nightly_refresh", "receive_filings")
# an officer may what a viewer may, and start, stop and clear these; of runs and tasks FAB asks for
# the right to change their DAG, too
_MORE = {
    "DAG Runs": ("can_edit",),
    "Task Instances": ("can_create", "can_edit"),
    **{f"DAG:{name}": ("can_read", "can_edit") for name in OPERATED},
    **{f"DAG Run:{name}": ("can_read", "can_create") for name in OPERATED},
}
_SHORTEST = 10
_REFUSED = (
    "chưa đổi gì; thư điện tử có thể là của tài khoản khác"
    " / nothing was changed; the e-mail may be another login's"
)


class NoLogins(KhoxaError):
    """Logins that cannot be made here, or not so."""


def environment(settings: Settings) -> dict[str, str]:
    """The variables under which Airflow keeps its logins; in a container its own.

    Raises NoLogins where FAB is not installed or not what Airflow is set to use.
    """
    try:
        metadata.distribution("apache-airflow-providers-fab")
    except metadata.PackageNotFoundError:
        raise NoLogins(
            "chưa cài requirements-fab.lock, xem docs/server.md"
            " / requirements-fab.lock is not installed, see docs/server.md"
        ) from None
    if os.environ.get("AIRFLOW__CORE__AUTH_MANAGER") != MANAGER:
        raise NoLogins(f"đặt / set AIRFLOW__CORE__AUTH_MANAGER={MANAGER}")
    is_set = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" in os.environ
    return {**os.environ, **({} if is_set else airflow_home.environment(settings))}


def main() -> None:
    """`python -m etl.setup.logins NAME ROLE EMAIL`: the roles, then this login, new or with another
    role and password than before."""
    name, role, email = sys.argv[1:]
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    word = _password()
    with get_application_builder() as builder:
        is_put = put(builder.sm, name, role, email, word)
    print(f"{name}: {role}" if is_put else f"{name}: {_REFUSED}")
    sys.exit(not is_put)


def put(manager: Any, name: str, role: str, email: str, word: str) -> bool:
    """A login with its role, e-mail and password, in FAB's security manager; whether it is there so
    now: an e-mail that is another login's leaves everything as it was."""
    _officer(manager)
    given = manager.find_role(ROLES[role])
    if user := manager.find_user(username=name):
        user.roles, user.email = [given], email
        return bool(manager.update_user(user) and manager.reset_password(user.id, word))
    with suppress(Exception):  # FAB has logged what the database said
        return bool(manager.add_user(name, name, role, email, given, word))
    return False


def _officer(manager: Any) -> None:
    role = manager.add_role(ROLES["officer"])  # or the one that is there
    for permission in manager.find_role(ROLES["viewer"]).permissions:
        manager.add_permission_to_role(role, permission)
    for resource, actions in _MORE.items():
        for action in actions:
            permission = manager.create_permission(action, resource)
            manager.add_permission_to_role(role, permission)


def _password() -> str:
    word = getpass("Mật khẩu / password: ")
    if len(word) < _SHORTEST:
        sys.exit(f"mật khẩu cần ít nhất {_SHORTEST} ký tự / at least {_SHORTEST} characters")
    if word != getpass("Gõ lại / again: "):
        sys.exit("hai lần gõ khác nhau / the two differ")
    return word


if __name__ == "__main__":
    main()
