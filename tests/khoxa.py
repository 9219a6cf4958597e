"""The `khoxa` command in a process of its own, as from a terminal, for tests.

A process is forked off one that imported khoxa and what it stands on (tests/preloaded.py). Where
the environment given differs from that one's in more than a command reads only when it runs, khoxa
is imported anew.
"""

from __future__ import annotations

import os
import sys
from contextlib import chdir
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.ground.config import Settings

_ROOT = Path(__file__).parents[1]
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])
# KHOXA_HOME is one of these only where KHOXA_LOCAL and KHOXA_UNITS say which folders are read
LATER = {
    "KHOXA_CORRECTIONS", "KHOXA_FILING_ADDRESS", "KHOXA_HOME", "KHOXA_INBOX", "KHOXA_LANG",
    "KHOXA_OWNER_URL", "KHOXA_READER_URL", "KHOXA_TESTS", "KHOXA_WAREHOUSE_URL",
    "PYTEST_CURRENT_TEST",
}  # fmt: skip


def khoxa(
    *arguments: object, folder: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """Run `khoxa ARGUMENTS` in a folder (none: in this process's) with these variables beside
    those of this process."""
    words = ["khoxa", *map(str, arguments)]
    folder = (folder or Path()).absolute()
    with TemporaryDirectory() as kept:
        paths = Path(kept, "stdout"), Path(kept, "stderr")
        process = FORKS.Process(
            target=_command,
            args=(words, {**os.environ, **environment}, folder, *map(str, paths)),
        )
        with chdir(_ROOT):  # where the first one finds tests.preloaded
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
    from tests import preloaded  # as the process that this one was forked off did

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in enumerate(paths, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.argv = words
    differing = {name for name, _value in environment.items() ^ preloaded.ENVIRONMENT.items()}
    if not differing <= LATER or not {"KHOXA_LOCAL", "KHOXA_UNITS"} <= environment.keys():
        for name in [each for each in sys.modules if each.partition(".")[0] == "etl"]:
            del sys.modules[name]
    from etl.cli import main

    main()
