"""Why a step failed, in words: each cause by a real error of its kind, and what to do about it."""

from __future__ import annotations

import errno
import re
from imaplib import IMAP4
from pathlib import Path
from socket import gaierror

import pytest
from paramiko import AuthenticationException
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from etl.catalogue.corrections import BrokenCorrections, FailedCorrections
from etl.ground.config import ROOT
from etl.ground.errors import BrokenFile, BrokenRule, FormsChanged, NotConserved, UnsoundWarehouse
from etl.night.told.causes import cause, causes
from etl.night.told.lines import STEPS
from etl.receive.imap import MailServerRefused

ROW = "commune_report 02152 H1 2025, Chỉ tiêu D10: “163” → “160”, ô không ghi như dòng nêu"


def refused() -> Exception:
    """What SQLAlchemy raises where no server listens."""
    try:
        create_engine("postgresql+psycopg2://nobody@127.0.0.1:1/none").connect()
    except OperationalError as error:
        return error
    raise AssertionError("something listens on port 1")


class Said(Exception):
    """An error of PostgreSQL's with its code."""

    def __init__(self, pgcode: str, text: str) -> None:
        super().__init__(text)
        self.pgcode = pgcode


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (refused(), "gone", "không trả lời"),
        (OSError(errno.ENOSPC, "No space left on device", "/srv/ab"), "disk-full", "/srv/ab"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/raw"), "not-allowed", "/srv/raw"),
        (FailedCorrections([ROW]), "correction", "Chỉ tiêu D10"),
        (BrokenCorrections(Path("c.yaml"), 2, 9, "thiếu ô"), "corrections-file", "row 2"),
        (BrokenRule("common.yaml", "total-row", "no column", 12), "rule", "dòng/line 12"),
        (BrokenFile("lists/x.yaml", 3, "tab"), "file-of-the-house", "lists/x.yaml:3"),
        (FormsChanged(), "forms-changed", "đã đổi"),
        (UnsoundWarehouse({"no_fact_without_filing": 3}), "unsound", "no_fact_without_filing: 3"),
        (NotConserved("5 → 4"), "not-conserved", "5 → 4"),
        (MemoryError(), "memory", "bộ nhớ"),
        (None, "killed", "giữa chừng"),
        (ZeroDivisionError("division by zero"), "other", "division by zero"),
    ],
)  # fmt: skip
def test_a_cause_is_named_in_vietnamese_with_what_to_do(
    error: BaseException | None, code: str, said: str
) -> None:
    why = cause(error, "load")
    assert why.code == code
    assert said in why.vi
    assert why.do_vi and why.do_en and why.en
    assert "Traceback" not in why.vi and "\n" not in why.vi


@pytest.mark.parametrize(
    ("pgcode", "text", "code"),
    [
        ("53100", "could not extend file", "disk-full"),
        ("57P01", "terminating connection due to administrator command", "gone"),
        ("28P01", "password authentication failed", "login"),
        ("42P01", 'relation "ops.message" does not exist', "migrate"),
        ("42501", "permission denied for table filing", "rights"),
        ("57014", "canceling statement due to statement timeout", "other"),
    ],
)
def test_a_code_of_postgresql_says_more_than_the_class_of_the_error(
    pgcode: str, text: str, code: str
) -> None:
    error = OperationalError("insert into dw.fact_indicator …", {}, Said(pgcode, text))
    assert cause(error, "load").code == code


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (Said("28P01", "password authentication failed"), "KHOXA_LOADER_PASSWORD"),
        (OSError(errno.ENOSPC, "No space left on device", "/srv/ab"), "KHOXA_DATA_DIR"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/inbox"), "KHOXA_INBOX_DIR"),
    ],
)
def test_what_to_do_names_the_setting_of_a_server_with_docker(error: Exception, name: str) -> None:
    why = cause(error, "receive")
    assert name in why.do_vi and name in why.do_en
    assert f"\n{name}=\n" in (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_inbox_is_meant_only_where_it_is_read() -> None:
    lost = FileNotFoundError(errno.ENOENT, "No such file or directory", "/srv/inbox")
    assert cause(lost, "receive").code == "inbox"
    assert "/srv/inbox" in cause(lost, "receive").vi
    assert cause(lost, "publish").code == "other"


def test_what_an_error_came_from_is_looked_at() -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device", "/srv/x")
        except OSError as first:
            raise RuntimeError("could not write") from first
    except RuntimeError as error:
        assert cause(error).code == "disk-full"


def test_a_table_that_is_not_there_asks_for_migrations(tmp_path: Path) -> None:
    error = ProgrammingError("select", {}, Exception('FATAL:  database "khoxa" does not exist'))
    assert cause(error).code == "migrate"
    assert "khoxa db migrate" in cause(error).do_vi


def test_every_task_has_its_advice_and_the_page_of_the_dag_says_the_same() -> None:
    table = _advice("nightly_refresh") | {"collect": _advice("receive_filings")["collect"]}
    steps = {step: words["en"] for step, words in causes()["steps"].items() if step != "any"}
    assert table == steps
    assert set(steps) == {*STEPS, "collect", "waiting", "stage", "record"}


def _advice(dag: str) -> dict[str, str]:
    """What the page of a DAG says to do where a task fails."""
    text = (ROOT / "dags" / f"{dag}.py").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| (\w+) \| .+ \| (.+) \|$", text, re.M))
    del table["task"]
    return table


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (IMAP4.error(b"[AUTHENTICATIONFAILED] Invalid credentials"), "way-login"),
        (AuthenticationException("Authentication failed."), "way-login"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "way-away"),
        (gaierror(-2, "Name or service not known"), "way-away"),
        (MailServerRefused("FETCH", [b"busy"]), "way-away"),
        (refused(), "gone"),  # the warehouse, not the way in
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_way_in_that_fails_says_which_connection_to_mend(error: Exception, code: str) -> None:
    why = cause(error, "collect")
    assert why.code == code
    assert ("Admin › Connections" in why.do_vi) == code.startswith("way-")
