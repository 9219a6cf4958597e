"""`khoxa login`: who may do what on Airflow's pages."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Literal

import typer

from etl.ground.config import Settings


def login(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person logs in as.")],
    role: Annotated[
        Literal["viewer", "officer", "admin"],
        typer.Option(help="viewer looks; officer also starts and clears the night; admin all."),
    ],
    email: Annotated[str, typer.Option(help="The person's own, no other login's.")],
) -> None:
    """Make a login of Airflow's pages, or give it another role and password; asks for the password.

    Needs requirements-fab.lock (docs/server.md).
    """
    from etl.setup import logins

    environment = logins.environment(Settings.from_env())
    words = [sys.executable, "-m", "etl.setup.logins", name, role, email]
    os.execve(sys.executable, words, environment)  # noqa: S606
