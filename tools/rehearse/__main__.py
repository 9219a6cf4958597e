"""Start docker-compose.yml for real, break it, and say what was shown; docs/server.md, section 7.

    make rehearse                       all parts but the upgrade
    make rehearse ARGS="--from REV"     and the upgrade from the version of a git revision
    make rehearse ARGS="kills bi"       some parts (build, start and night come first)
    make rehearse ARGS="--go-on kills"  on the server that a rehearsal which failed has left

Needs a Docker engine with Compose v2 that this login may talk to, and git. Base images are taken as
the engine has them, or from its registry: python:3.12-slim, postgres:18, redis:8. REHEARSE_FOLDER
is where the server's folders are made (a new one below /tmp), REHEARSE_PATIENCE_S how long a night
may take (3000), REHEARSE_PROJECT the name of its containers and volumes (khoxa-rehearsal). Whatever
is made is removed, but the images.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.rehearse import disks, keeping, parts, power, ways
from tools.rehearse.server import ROOT, Failed, Server

FIRST = (parts.build, parts.start, parts.night)  # the others rest on what that night left
OTHERS = (
    parts.night, parts.commands, parts.kills, parts.stop, parts.celery, ways.ways_in, ways.logins,
    parts.by_day, keeping.kept, keeping.restored, disks.full, power.power, keeping.upkeep, parts.bi,
    parts.faults, parts.cut_off,
)  # fmt: skip


def main() -> int:
    """Run the parts that are asked for; exit code 1 where something was not shown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    known = {part.__name__: part for part in OTHERS}
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(known)}")
    parser.add_argument("--from", dest="revision", help="git revision to upgrade from")
    parser.add_argument("--go-on", action="store_true", help="on the server of REHEARSE_FOLDER")
    given = parser.parse_args()
    if wrong := [name for name in given.parts if name not in known]:
        parser.error(f"no part {', '.join(wrong)}")
    folder = Path(os.environ.get("REHEARSE_FOLDER") or tempfile.mkdtemp(prefix="khoxa-rehearse-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    if not given.go_on:
        (folder / ".env").unlink(missing_ok=True)
    server = Server(folder)
    asked = [known[name] for name in given.parts] or ([] if given.revision else list(OTHERS))
    try:
        if not given.go_on:
            server.down()
            asked = [*FIRST, *(part for part in asked if part not in FIRST)] if asked else []
        for part in asked:
            show(part.__name__, lambda part=part: part(server))  # type: ignore[misc]
        server.down()
        if given.revision:
            show("upgrade", lambda: upgrade(server, given.revision))
    except Failed as error:
        print(f"FAILED: {error}\nlog: {server.log}", flush=True)
        return 1
    server.down()
    server.inside("rm -rf /f/kho /f/hop-nhan /f/sao-luu /f/far")
    shutil.rmtree(folder)
    print("all was shown", flush=True)
    return 0


def show(name: str, part: Callable[[], Iterator[str]]) -> None:
    """Print what a part shows, as it does."""
    for line in part():
        print(f"{time.strftime('%H:%M:%S')} {name}: {line}", flush=True)


def upgrade(server: Server, revision: str) -> Iterator[str]:
    """The upgrade, from a checkout of the revision beside the server's folders."""
    source = server.folder / "before"
    shutil.rmtree(source, ignore_errors=True)
    clone = ["git", "clone", "-q", str(ROOT), str(source)]
    subprocess.run(clone, check=True)
    subprocess.run(["git", "-C", str(source), "checkout", "-q", revision], check=True)
    yield from parts.upgrade(server, source)


if __name__ == "__main__":
    sys.exit(main())
