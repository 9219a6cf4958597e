"""A run that dies anywhere while mails are composed or sent: none is lost, none is sent twice but
where nobody can know, and that one has the same Message-ID and is named."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from etl.answer import Mailer
from etl.ground import database
from etl.ground.config import Settings
from tests.helpers.mail_office import Office, Server, later, mail_server

MAILS = 3


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    office = Office.at(fresh_warehouse, tmp_path)
    for n, unit in enumerate(("02146", "02143", "02137"), 1):
        office.sender(f"xa{n}@xa.example", unit)
        filing = office.filing(f"bao_cao_{n}.xlsx", unit=unit)
        office.message(f"m{n}", filing, of=f"xa{n}@xa.example")
    return office


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as server:
        yield server


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run_apart(office: Office, send: Mailer | None, before: Callable[[], None]) -> int:
    """A run in a process of its own; its exit code."""

    def go() -> None:
        before()
        office.answer(send)

    process = get_context("fork").Process(target=go)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def dying_at(name: str, time: int) -> Callable[[], None]:
    """Dies when the statement of that name is about to run, the time that is said."""
    left = [time]
    statement = database.statement

    def asked(wanted: str) -> str:
        if wanted == name:
            left[0] -= 1
            if left[0] == 0:
                die()
        return statement(wanted)

    def patch() -> None:
        database.statement = asked

    return patch


@pytest.mark.parametrize(
    ("statement", "time", "sent_before"),
    [
        ("answer/of_messages", 1, 0),
        ("answer/put", 2, 0),
        ("answer/tell", 3, 0),
        ("answer/mend_cut", 1, 0),
        ("answer/take", 1, 0),
        ("answer/take", 2, 1),
        ("answer/take", 4, 3),
    ],
)
def test_killed_where_no_mail_is_on_its_way(
    office: Office, server: Server, statement: str, time: int, sent_before: int
) -> None:
    assert run_apart(office, server.mailer(), dying_at(statement, time)) == -signal.SIGKILL
    assert len(server.mails) == sent_before
    office.answer(server.mailer(), later(15))
    assert len(server.ids) == len(set(server.ids)) == MAILS
    assert {state for _kind, _to, state in office.outbox()} == {"sent"}
    assert named(office) == []


def test_killed_after_it_was_marked_and_before_the_server_heard_of_it(
    office: Office, server: Server
) -> None:
    class Dying(Mailer):
        def __call__(self, message: object) -> None:
            die()

    assert run_apart(office, Dying(server.mailer()._connect), lambda: None) == -signal.SIGKILL
    office.answer(server.mailer(), later(15))
    assert len(server.ids) == len(set(server.ids)) == MAILS
    assert len(named(office)) == 1, "khoxa cannot know that it never left"


def test_killed_when_the_server_has_it_all_and_has_not_said_so(
    office: Office, server: Server
) -> None:
    pids: list[int] = []
    read, write = os.pipe()

    def kill_sender() -> None:
        os.kill(pids[0] if pids else int(os.read(read, 20)), signal.SIGKILL)
        server.at_data = lambda: None

    server.at_data = kill_sender
    done = run_apart(office, server.mailer(), lambda: os.write(write, str(os.getpid()).encode()))
    assert done == -signal.SIGKILL
    office.answer(server.mailer(), later(15))
    assert_one_is_there_twice(office, server)


def test_killed_when_the_server_has_said_so_and_it_is_not_written_down(
    office: Office, server: Server
) -> None:
    assert run_apart(office, server.mailer(), dying_at("answer/settle", 1)) == -signal.SIGKILL
    assert len(server.mails) == 1
    office.answer(server.mailer(), later(15))
    assert_one_is_there_twice(office, server)


def assert_one_is_there_twice(office: Office, server: Server) -> None:
    """The known limit of SMTP (RFC 1047): a mailbox tells the second by its Message-ID."""
    assert len(set(server.ids)) == MAILS
    assert len(server.ids) == MAILS + 1
    assert server.ids[0] == server.ids[1]
    assert server.mails[0].as_bytes() == server.mails[1].as_bytes()
    (line,) = named(office)
    assert "có thể đã tới hai lần" in line


def test_a_mail_that_kills_each_run_is_given_up_and_the_others_go_out(
    office: Office, server: Server
) -> None:
    class Dying(Mailer):
        def __call__(self, message: object) -> None:
            if "xa1@" in str(message["To"]):
                die()
            super().__call__(message)

    connect = server.mailer()._connect
    for _run in range(2):
        assert run_apart(office, Dying(connect), lambda: None) == -signal.SIGKILL
    assert run_apart(office, Dying(connect), lambda: None) == 0
    assert [state for _kind, _to, state in office.outbox()] == ["failed", "sent", "sent"]


def test_two_runs_at_once_send_each_mail_once(office: Office, server: Server) -> None:
    context = get_context("fork")
    runs = [context.Process(target=office.answer, args=(server.mailer(),)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    office.answer(server.mailer(), later(15))
    assert len(server.ids) == len(set(server.ids)) == MAILS


def named(office: Office) -> list[str]:
    """What `khoxa status` names."""
    return [line for (line,) in office.do(database.statement("status/mail_faults"))]


def test_a_mail_that_was_cut_off_while_it_was_written_is_written(office: Office) -> None:
    """Without a mail server there is none to wait for, and none that takes nothing."""
    assert run_apart(office, None, dying_at("answer/settle", 2)) == -signal.SIGKILL
    assert [state for _kind, _to, state in office.outbox()] == ["written", "sending", "waiting"]
    office.answer()
    assert [state for _kind, _to, state in office.outbox()] == ["written"] * MAILS
    assert len(office.letters()) == MAILS
