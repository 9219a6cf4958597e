"""What the last night worked by (ops.declared): a form that has changed since has its filings read
again; one that is gone stays in force with all that rests on it until somebody drops it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, text

from etl.catalogue.definitions import Definitions, definitions
from etl.catalogue.forms import Form
from etl.catalogue.indicators import indicator_names
from etl.ground import audit, database
from etl.ground.config import Settings
from etl.ground.seeds import local_keys

Known = Mapping[tuple[str, str], str]
_JUDGING = {"severity", "frame", "expect", "compute", "cell", "expected", "rule"}


def declared(connection: Connection, kind: str) -> dict[tuple[str, str], str]:
    """The digests of a kind, by code and version."""
    query = text("select code, version, digest from ops.declared where kind = :kind")
    rows = connection.execute(query, {"kind": kind})
    return {(code, version): digest for code, version, digest in rows}


def declare(connection: Connection, kind: str, known: Known) -> None:
    """Remember digests; those of other codes and versions stay."""
    put = text(
        "insert into ops.declared as d values (:kind, :code, :version, :digest)"
        " on conflict (kind, code, version) do update set digest = excluded.digest"
        " where d.digest <> excluded.digest"
    )
    for (code, version), digest in known.items():
        row = {"kind": kind, "code": code, "version": version, "digest": digest}
        connection.execute(put, row)


def forget(connection: Connection, kind: str, code: str) -> None:
    """Remember a code of a kind no more."""
    query = text("delete from ops.declared where kind = :kind and code = :code")
    connection.execute(query, {"kind": kind, "code": code})


def own_indicators() -> set[str]:
    """The codes of the province's own indicators, also of rows that are not in order."""
    return local_keys("indicator")


def changed_forms(connection: Connection) -> list[str]:
    """The forms ("code/version") that say otherwise than when filings were last read by them; from
    now on they are known as they are. A header accepted since concerns only the filings that have
    it (staging/reopen)."""
    found = definitions()
    now = {key: _digest(found, form) for key, form in found.as_written.items()}
    before = declared(connection, "form")
    declare(connection, "form", {key: d for key, d in now.items() if before.get(key) != d})
    return ["/".join(key) for key in sorted(now) if before.get(key, now[key]) != now[key]]


def _digest(found: Definitions, form: Form) -> str:
    """One number for what a form and the rules of its own make of a filing; words of findings, and
    what is left out of a file because it is usual, change nothing."""
    suites = {form.form, form.tables_from}
    rules = [rule.model_dump(mode="json", include=_JUDGING, exclude_defaults=True)
             for rule in found.rules.values() if rule.suite in suites]  # fmt: skip
    printed = {"title", "heading"}
    said = [form.model_dump(mode="json", exclude_defaults=True, exclude=printed), rules]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Gone(NamedTuple):
    """A form, or an indicator of the province's own, that figures of the warehouse rest on and that
    no file declares any more."""

    kind: str
    code: str
    version: str
    filings: int
    figures: int

    def __str__(self) -> str:
        vi, en = {"form": ("biểu", "form"), "indicator": ("chỉ tiêu", "indicator")}[self.kind]
        name = f"{self.code} {self.version}".strip()
        return (
            f"{vi} {name} không còn khai báo, mà kho còn {self.filings} hồ sơ, {self.figures} số"
            f" liệu dựa vào đó: đặt lại khai báo, hoặc bỏ hẳn bằng `khoxa forms drop {self.code}`"
            f" / {en} {name} is not declared any more, but {self.filings} filings, {self.figures}"
            f" figures rest on it: put it back, or `khoxa forms drop {self.code}`"
        )


def gone(connection: Connection) -> list[Gone]:
    """What is gone and rested on; it stays in the warehouse as it was."""
    found = definitions()
    broken = {each.head.form for each in found.broken}
    forms = [f"{code}/{version}" for code, version in declared(connection, "form")
             if (code, version) not in found.forms and code not in broken]  # fmt: skip
    known = {*own_indicators(), *indicator_names()}
    indicators = [code for code, _ in declared(connection, "indicator") if code not in known]
    if not forms and not indicators:
        return []
    rows = database.ask(connection, "staging/dependants", forms=forms, indicators=indicators)
    return [Gone._make(row) for row in rows]


def gone_now(settings: Settings) -> list[Gone]:
    """The same, of an installation."""
    with database.asking(settings) as connection:
        return gone(connection)


def drop(settings: Settings, code: str) -> list[Gone]:
    """Let go of a form or an indicator that is gone: what rests on it is read again by the next
    night, which refuses a form that nobody knows and leaves out the figures of an indicator.

    Returns what was let go; nothing of that code is gone: [].
    """
    with database.night(settings) as connection:
        dropped = [each for each in gone(connection) if each.code == code]
        if dropped:
            database.run(connection, "staging/dropped", code=code)
            database.run(connection, "staging/open_again")
            forget = text("delete from ops.declared where kind <> 'seeds' and code = :code")
            connection.execute(forget, {"code": code})
            audit.note(connection, "dropped", "; ".join(map(str, dropped)))
    return dropped
