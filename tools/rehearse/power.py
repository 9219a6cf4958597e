"""What `make rehearse` shows of a power cut: PostgreSQL and the data folder on one disk whose cache
is lost in the middle of a night (disk/disk.py); with power again the night ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tools.rehearse import nights
from tools.rehearse.disks import BEFORE, HOLDER
from tools.rehearse.server import IMAGE, PROJECT, ROOT, Failed, Server, until

DISK = f"{PROJECT}-disk"  # the image of this name, and the container in which the disk is
PLATTER, FILES = f"{PROJECT}-platter", f"{PROJECT}-files"  # volumes: its content, and mounted
ROOM = 3000  # MB beside the rows
# a mount and a loop device, no more: not --privileged
RIGHTS = (
    "--cap-add=SYS_ADMIN", "--security-opt=apparmor=unconfined", "--device-cgroup-rule=a *:* rwm",
    "-v/dev:/dev",
)  # fmt: skip
_BOOKS = """
import pathlib, zipfile
for path in sorted(pathlib.Path("/f/kho/returns").rglob("*.*")):
    print(path.name, zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None)
"""


def power(server: Server) -> Iterator[str]:
    """The power fails in the middle of nights, a step at work in each."""
    with _disk(server):
        nights.begin_again(server)
        took = nights.end(server, nights.trigger(server, "nightly_refresh"))
        yield f"a night on that disk: {took:.0f} s, {nights.must_be_undisturbed(server)}"
        returned = _returned(server)
        # the last one finds the return workbooks just written
        for seed, task in enumerate((*nights.steps(server), "answer")):
            nights.begin_again(server)
            run = nights.trigger(server, "nightly_refresh")
            state, _ = nights.until_at_work(server, run, task)
            lost = _cut(server, seed)
            took, same = nights.end(server, run), nights.must_be_undisturbed(server)
            if _returned(server) != returned:
                raise Failed(f"return workbooks after it: {_returned(server)}")
            yield (
                f"power cut, {task} {state}: {lost} blocks that were being flushed are lost; with"
                f" power again the night ends by itself after {took:.0f} s in all, {same}"
            )


def _returned(server: Server) -> list[str]:
    """The return workbooks, and whether each is whole."""
    data = f"-v{server.more['KHOXA_DATA_DIR']}:/f/kho:ro"
    words = ("run", "--rm", "--user=0", data, "--entrypoint=python", IMAGE, "-c", _BOOKS)
    return server.docker(*words).splitlines()


def _cut(server: Server, seed: int) -> str:
    """The power fails, and is there again; how many of the blocks in the disk's cache are lost."""
    wait = "until test -s /fuse/cut; do sleep 0.1; done"
    lost = server.docker("exec", DISK, "sh", "-c", f"echo {seed} >/fuse/cut; {wait}; cat /fuse/cut")
    server.compose("kill")
    server.compose("down")
    server.docker("rm", "--force", HOLDER)
    server.docker("volume", "rm", FILES)
    _on(server)
    server.up()
    return lost


def _on(server: Server, first: str = "") -> None:
    """The disk with power; `first`: what is done before it is mounted."""
    server.docker("rm", "--force", DISK)
    server.docker("run", "--detach", f"--name={DISK}", *RIGHTS, f"-v{PLATTER}:/image", DISK)
    until("the disk", lambda: "disk" in server.docker("exec", DISK, "ls", "/fuse"), 60)
    loop = server.docker("exec", DISK, "losetup", "--find", "--show", "/fuse/disk")
    if first:
        server.docker("exec", DISK, "sh", "-euc", f"{first} {loop}")
    server.docker("volume", "create", "-otype=ext4", f"-odevice={loop}", FILES)
    volumes = (f"-v{FILES}:/files", f"-v{BEFORE}:/before:ro")
    words = ("run", "--detach", f"--name={HOLDER}", "--user=0", *volumes, "--entrypoint=sleep")
    server.docker(*words, IMAGE, "14400")
    server.docker("exec", DISK, "losetup", "--detach", loop)  # once it is not mounted any more
    place = server.docker("volume", "inspect", "-f", "{{.Mountpoint}}", FILES)
    override = server.folder / "power.yml"
    rows = f"{place}/rows:/var/lib/postgresql"
    override.write_text(f"services: {{postgres: {{volumes: ['{rows}']}}}}\n", encoding="utf-8")
    server.files, server.more = [str(override)], {"KHOXA_DATA_DIR": f"{place}/kho"}


@contextmanager
def _disk(server: Server) -> Iterator[None]:
    """The server on that disk, with the rows that it has; afterwards as before."""
    server.compose("down")
    server.docker("build", "--tag", DISK, str(ROOT / "tools/rehearse/disk"))
    server.docker("rm", "--force", HOLDER, DISK)
    server.docker("volume", "rm", "--force", PLATTER, FILES)
    holds = (f"-v{BEFORE}:/before:ro", f"-v{PLATTER}:/image")
    size = f"truncate -s $(($(du -sm /before | cut -f1) + {ROOM}))M /image/disk"
    server.docker("run", "--rm", *holds, DISK, "sh", "-euc", size)
    _on(server, "mkfs.ext4 -q -E nodiscard")
    copy = "cp -a /before/. /files/rows; install -d -o 10001 -g 10001 /files/kho; sync"
    server.docker("exec", HOLDER, "sh", "-euc", copy)
    server.up()
    yield
    server.compose("down")
    server.docker("rm", "--force", HOLDER)
    server.docker("volume", "rm", FILES)
    server.docker("rm", "--force", DISK)
    server.docker("volume", "rm", PLATTER)
    server.files, server.more = [], {}
    server.up()
