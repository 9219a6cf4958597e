"""The `khoxa` command in a process of its own, as from a terminal, for tests.

A process is forked off one that holds what khoxa stands on (Great Expectations takes four seconds
of CPU to import) and nothing of khoxa: that is imported anew, under the environment given.
"""

from __future__ import annotations

import os
import sys
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.ground.config import Settings

_HEAVY = (
    "alembic.config", "great_expectations", "jinja2", "openpyxl", "pandas", "psycopg2",
    "pydantic", "python_calamine", "rapidfuzz", "rich.progress", "sqlalchemy.dialects.postgresql",
    "typer", "vi_textmatch", "xlsxwriter", "yaml",
)  # fmt: skip
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(list(_HEAVY))


def khoxa(
    *arguments: object, folder: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """Run `khoxa ARGUMENTS` in a folder (none: in this process's) with these variables beside
    those of this process."""
    words = ["khoxa", *map(str, arguments)]
    with TemporaryDirectory() as kept:
        paths = Path(kept, "stdout"), Path(kept, "stderr")
        process = _FORKS.Process(
            target=_command,
            args=(words, {**os.environ, **environment}, folder or Path.cwd(), *map(str, paths)),
        )
        process.start()
        process.join()
        assert process.exitcode is not None
        said = (path.read_text(encoding="utf-8") for path in paths)
        return CompletedProcess(words, process.exitcode, *said)


def variables(settings: Settings) -> dict[str, str]:
    """What the environment says of an installation, for `khoxa`."""
    return {
        "KHOXA_HOME": str(settings.home),
        "KHOXA_WAREHOUSE_URL": str(settings.warehouse_url),
        "KHOXA_OWNER_URL": str(settings.owner_url),
        "KHOXA_READER_URL": str(settings.reader_url),
    }


def _command(words: list[str], environment: dict[str, str], folder: Path, *paths: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in enumerate(paths, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.argv = words
    from etl.cli import main

    main()
