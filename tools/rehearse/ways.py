"""What `make rehearse` shows of an image with both optional locks: a login each, ways in."""

from __future__ import annotations

import json
import mailbox
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.helpers.logins import ASKED, LOGINS, password, wrong
from tools.rehearse import nights
from tools.rehearse.server import IMAGE, Failed, Server, ask, until

LOCKS = "requirements-s3.lock requirements-fab.lock"
MANAGER = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
FAR = "khoxa-rehearsal-far"
SENT = {"imap": "kim_hy", "sftp": "duong_son", "s3": "kim_lu", "inbox": "cu_le"}
_UNREAD = """
import imaplib
client = imaplib.IMAP4("127.0.0.1", 1143)
client.login("hopthu", "mat-khau")
client.select(readonly=True)
print(client.search(None, "UNSEEN")[1][0].decode())
"""


@contextmanager
def _both_locks(server: Server, **more: str) -> Iterator[str]:
    """The server with that image and these settings; afterwards with the image and those before."""
    server.more = {"KHOXA_LOCK": LOCKS, **more}
    server.compose("build", "khoxa-init")
    image, size = server.docker("image", "inspect", "-f", "{{.Id}} {{.Size}}", IMAGE).split()
    yield f"one image with {LOCKS}: {int(size) / 1e6:.0f} MB"
    server.more, server.files = {}, []
    server.compose("build", "khoxa-init")
    server.up("--remove-orphans")
    server.docker("rmi", image)


def logins(server: Server) -> Iterator[str]:
    """A login each: what viewer, officer and admin may do, asked over HTTP."""
    with _both_locks(server, KHOXA_AUTH_MANAGER=MANAGER) as image:
        yield image
        yield f"a login each: all healthy after {server.up():.0f} s"
        for name, role in LOGINS.items():
            words = f"airflow-api-server khoxa login {name} --role {role} --email {name}@x.vn"
            typed = f"{password(role)}\n" * 2
            server.compose("exec", "-T", *words.split(), typed=typed)
        url = f"http://127.0.0.1:{server.values['KHOXA_UI_PORT']}"
        tokens = {
            role: ask(f"{url}/auth/token", {"username": name, "password": password(role)})
            for name, role in LOGINS.items()
        }
        refused = _status(f"{url}/auth/token", {"username": "xem", "password": "không phải"})
        if refused != 401:
            raise Failed(f"a wrong password is answered {refused}")
        yield f"khoxa login: {', '.join(LOGINS.values())}; each gets a token, a wrong password none"
        yield from _may(url, {role: told["access_token"] for role, told in tokens.items()})
        ended = "select bool_and(end_date is not null) from dag_run"
        until("the end of the runs", lambda: server.sql("airflow", ended) == ["t"])


def _may(url: str, tokens: dict[str, str]) -> Iterator[str]:
    base = f"{url}/api/v2"
    runs = f"{base}/dags/nightly_refresh/dagRuns"
    run = ask(runs, {"logical_date": None}, tokens["officer"])["dag_run_id"]
    found = {
        what: {
            role: _status(base + path.format("nightly_refresh", run=run), body, token, method)
            for role, token in tokens.items()
        }
        for what, (method, path, body, _who) in ASKED.items()
        if method != "DELETE"  # verify is needed later
    }
    if bad := wrong(found):
        raise Failed(f"what a role may do: {'; '.join(bad)}")
    yield f"what each role may and may not do: {len(found) * len(tokens)} answers as documented"


def _status(url: str, body: object = None, token: str = "", method: str | None = None) -> int:
    try:
        ask(url, body, token, method)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


def ways_in(server: Server) -> Iterator[str]:
    """A mailbox, SFTP, S3 and the inbox folder, each with a report; the answers by mail."""
    nights.begin_again(server)
    _send(server)
    places = {
        "REHEARSE_FAR": f"{server.folder}/far",
        "KHOXA_INBOX_DIR": f"{server.folder}/far/inbox",
        "KHOXA_LOCAL_DIR": f"{server.source}/samples/local",
    }
    with _both_locks(server, **places) as image:
        yield image
        server.files = ["tools/rehearse/far/compose.yml"]
        server.compose("build", "far")
        server.compose("rm", "--stop", "--force", "far")  # of a rehearsal that failed
        server.more |= _connections(server)
        yield f"mailbox, SFTP and S3 beside it: all healthy after {server.up():.0f} s"
        yield from _received(server)
        for service in ("airflow-scheduler", "far"):  # for the log of the rehearsal
            server.compose("logs", "--tail=200", service)


def _send(server: Server) -> None:
    report = "/source/samples/inbox/bao_cao_6_thang_2025"
    copies = [
        f"install -D -m 644 {report}_{unit}.xlsx -t /f/far/{way}" for way, unit in SENT.items()
    ]
    # a folder that a container has mounted is emptied, not made anew
    empty = "rm -rf /f/far/answers; mkdir -p /f/far; find /f/far -type f -delete"
    server.inside(f"{empty}; {'; '.join(copies)}")


def _connections(server: Server) -> dict[str, str]:
    """As docs/operations.md has them, section 14 and 15."""
    key = server.docker("run", "--rm", FAR, "cat", "/etc/ssh/ssh_host_ed25519_key.pub")
    far: dict[str, Any] = {"host": "far", "password": "mat-khau"}
    s3 = {"endpoint_url": "http://far:5000", "region_name": "us-east-1",
          "config_kwargs": {"s3": {"addressing_style": "path"}},
          "folder": "nop-bao-cao/nam_2025"}  # fmt: skip
    kinds: dict[str, dict[str, Any]] = {
        "IMAP": far | {"conn_type": "imap", "port": 1143, "login": "hopthu",
                       "extra": {"use_ssl": False}},
        "SFTP": far | {"conn_type": "sftp", "port": 22, "login": "hopnhan",
                       "extra": {"host_key": " ".join(key.split()[:2]), "folder": "/far/sftp"}},
        "S3": {"conn_type": "aws", "login": "hopnhan", "password": "mat-khau", "extra": s3},
        "SMTP": {"conn_type": "smtp", "host": "far", "port": 1025,
                 "extra": {"disable_ssl": True, "disable_tls": True}},
    }  # fmt: skip
    return {f"AIRFLOW_CONN_KHOXA_{name}": json.dumps(kind) for name, kind in kinds.items()}


def _received(server: Server) -> Iterator[str]:
    nights.pause(server, "receive_filings", False)
    took = nights.end(server, nights.trigger(server, "receive_filings"))
    nights.rest(server, "receive_filings")
    _must_all_be(server, "checked")
    yield f"receive_filings: success in {took:.0f} s; by {', '.join(SENT)} a report each, checked"
    if unread := server.compose("exec", "-T", "far", "python", "-c", _UNREAD).strip():
        raise Failed(f"messages that are not marked as read: {unread}")
    server.inside("chmod -R a+rX /f/far/answers")
    answers = {str(each["To"]): each for each in mailbox.Maildir(server.folder / "far" / "answers")}
    if "kimhy@example.org" not in answers:
        raise Failed(f"answers went to {sorted(answers)}")
    yield f"the message is marked as read, answers went out to {', '.join(sorted(answers))}"
    took = nights.end(server, nights.trigger(server, "nightly_refresh"))
    _must_all_be(server, "accepted")
    yield f"the night after it: success in {took:.0f} s, all four accepted"


def _must_all_be(server: Server, state: str) -> None:
    found = server.sql("khoxa", "select original_name || ' ' || state from raw.filing order by 1")
    if found != sorted(f"bao_cao_6_thang_2025_{unit}.xlsx {state}" for unit in SENT.values()):
        raise Failed(f"taken in: {found}")
