"""What `make rehearse` shows of backups, and of the DAGs that keep house."""

from __future__ import annotations

from collections.abc import Iterator

from tools.rehearse import nights
from tools.rehearse.server import Failed, Server

FIRST = "first_backup"  # file with the name of the backup of a first start


def keep_first(server: Server) -> str:
    """The backup of a first start, for the part `restored`."""
    backup = _backup(server)
    (server.folder / FIRST).write_text(backup, encoding="utf-8")
    return f"khoxa backup: {backup}"


def kept(server: Server) -> Iterator[str]:
    """A backup, everything gone, the backup in empty folders: the same warehouse."""
    before = nights.dump(server)
    runs = server.sql("airflow", "select count(*) from dag_run")
    backup = _backup(server)
    yield f"khoxa backup: {backup}"
    yield _restore(server, backup)
    yield f"the warehouse after it: {nights.must_equal(nights.dump(server), before)}"
    if server.sql("airflow", "select count(*) from dag_run") != runs:
        raise Failed("Airflow's history is another one")
    yield f"Airflow's history after it: {runs[0]} runs, as before"
    nights.must_equal_after_nothing(server, before)
    yield "a night on it, with nothing new in the inbox, changes nothing"


def _backup(server: Server) -> str:
    return server.khoxa("backup").splitlines()[0].rsplit("/", 1)[-1]


def _restore(server: Server, backup: str) -> str:
    server.down()
    server.inside("find /f/kho -mindepth 1 -delete")
    server.up("postgres")
    server.compose("run", "--rm", "-T", "khoxa-init", "khoxa", "restore", f"/backup/{backup}")
    took = server.up()
    nights.pause(server, "receive_filings")
    return f"restored into empty folders; all healthy after {took:.0f} s"


def restored(server: Server) -> Iterator[str]:
    """The backup of a first start, in empty folders: a night on it, and one in which PostgreSQL is
    killed, are the night on the server that it was taken of."""
    yield _restore(server, (server.folder / FIRST).read_text(encoding="utf-8"))
    nights.keep_before(server)
    took = nights.end(server, nights.trigger(server, "nightly_refresh"))
    yield f"a night on it: success in {took:.0f} s, {nights.must_be_undisturbed(server)}"
    yield from nights.kills(server, ("postgres",))


def upkeep(server: Server) -> Iterator[str]:
    """The DAGs that keep house."""
    server.more = {"KHOXA_KEEP_DAYS": "400"}
    server.up()
    for dag in ("backup", "verify", "retention"):
        took = nights.end(server, nights.trigger(server, dag))
        yield f"DAG {dag}: success in {took:.0f} s"
