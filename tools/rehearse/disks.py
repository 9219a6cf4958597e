"""What `make rehearse` shows of a full disk: a night meets it, room is made, the night ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tools.rehearse import nights
from tools.rehearse.server import IMAGE, PROJECT, Server, until

HOLDER = f"{PROJECT}-disks"
SMALL = {disk: f"{PROJECT}-{disk}" for disk in ("data", "rows")}  # volumes in memory
BEFORE = f"{PROJECT}_pgdata"
ROOM = 600  # MB beside the rows: what PostgreSQL's log needs in an undisturbed night
LEFT = 100 * 1024  # bytes on a disk that is full: a small file may still find room
SAID = r"Task \w+ failed: the disk is full|What to do: free some space"


def full(server: Server) -> Iterator[str]:
    """The disk of the data folder, and that of PostgreSQL, fill up, and later have room again."""
    with _small_disks(server):
        for disk, whose in (("data", "the data folder"), ("rows", "PostgreSQL")):
            nights.begin_again(server)
            if disk == "data":
                _fill(server, disk)
            run = nights.trigger(server, "nightly_refresh")
            if disk == "rows":
                nights.until_at_work(server, run, nights.steps(server)[0])
                _fill(server, disk)
            said = until("a step that meets a full disk", lambda run=run: _said(server, run), 600)
            server.docker("exec", HOLDER, "rm", f"/{disk}/filler")
            took = nights.end(server, run)
            yield (
                f"the disk of {whose} full: “{said}”; with room again the night ends by itself"
                f" after {took:.0f} s in all, {nights.must_be_undisturbed(server)}"
            )


def _fill(server: Server, disk: str) -> None:
    size = f"$(($(df --output=avail -B1 /{disk} | tail -1) - {LEFT}))"
    server.docker("exec", HOLDER, "sh", "-c", f"fallocate -l {size} /{disk}/filler")


def _said(server: Server, run: str) -> str:
    """What the log of a step says of the disk, once one says what happened and what to do."""
    logs = f"/logs/dag_id=nightly_refresh/run_id={run}"
    find = f"test ! -e '{logs}' || grep -rhoE '{SAID}' '{logs}' | sort -u"
    said = server.docker("exec", HOLDER, "sh", "-c", find).splitlines()
    return "; ".join(said) if len(said) > 1 else ""


@contextmanager
def _small_disks(server: Server) -> Iterator[None]:
    """The server on two disks in memory, with the rows that it has; afterwards as before."""
    server.compose("down")
    server.docker("rm", "--force", HOLDER)
    server.docker("volume", "rm", "--force", *SMALL.values())
    holds = ("--user=0", f"-v{BEFORE}:/before:ro", f"-v{PROJECT}_airflow-logs:/logs:ro")
    used = server.docker("run", "--rm", *holds, "--entrypoint=du", IMAGE, "-sm", "/before")
    rows = int(used.split()[0]) + ROOM
    made = {"data": "size=64m,uid=10001,gid=10001", "rows": f"size={rows}m"}
    for disk, options in made.items():
        kind = ("-otype=tmpfs", "-odevice=tmpfs", f"-oo={options},mode=0755")
        server.docker("volume", "create", *kind, SMALL[disk])
    disks = tuple(f"-v{volume}:/{disk}" for disk, volume in SMALL.items())
    words = ("run", "--detach", f"--name={HOLDER}", *holds, *disks, "--entrypoint=sleep")
    server.docker(*words, IMAGE, "14400")
    server.docker("exec", HOLDER, "cp", "-a", "/before/.", "/rows")
    override = server.folder / "small.yml"
    override.write_text(f"volumes: {{pgdata: {{external: true, name: {SMALL['rows']}}}}}\n")
    server.files = [str(override)]
    place = server.docker("volume", "inspect", "-f", "{{.Mountpoint}}", SMALL["data"])
    server.more = {"KHOXA_DATA_DIR": place}
    server.up()
    yield
    server.compose("down")
    server.docker("rm", "--force", HOLDER)
    server.docker("volume", "rm", *SMALL.values())
    server.files, server.more = [], {}
    server.up()
