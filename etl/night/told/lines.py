"""The lines that a step of the night writes to its log, in Vietnamese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from etl.catalogue.definitions import load_forms
from etl.ground import database, numerals
from etl.ground.config import Settings
from etl.ground.yaml_file import words_beside
from etl.load import failed_corrections
from etl.night.told.book import Book, Line
from etl.night.told.facts import (
    MOST,
    Row,
    decided,
    left_waiting,
    mail_server,
    not_taken,
    rows,
    waiting,
)
from etl.reports.words import one

_NAMES = 10
_ROWS = 10


def words() -> dict[str, Any]:
    """words.yaml."""
    return words_beside(__file__)


def say(step: str, key: str, **known: object) -> Line:
    """A sentence of a step in both languages, filled in."""
    return fill(words()[step][key], **known)


def fill(sentence: Mapping[str, str], **known: object) -> Line:
    """A sentence of words.yaml, filled in."""
    written = {k: numerals.shown(v) if isinstance(v, int) else v for k, v in known.items()}
    return sentence["vi"].format(**written), sentence["en"].format(**written)


def listed(names: Sequence[str], most: int = _NAMES) -> str:
    """Names with commas between; of more than that, how many there are besides."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(words()["more"]["vi"].format(n=numerals.shown(len(names) - most)))
    return ", ".join(shown)


def lines(settings: Settings, step: str, counts: Mapping[str, int], book: Book) -> list[Line]:
    """What a step that has just ended says; it asks the warehouse for names and reasons."""
    with database.engine(settings).connect() as connection:
        return list(_TELLERS[step](settings, connection, counts, book))


def _receive(
    _settings: Settings, connection: Connection, counts: Mapping[str, int], _book: Book
) -> Iterator[Line]:
    new = counts["received"]
    names = [row["file"] for row in waiting(connection, "received")]
    yield say("receive", "received", n=new, names=listed(names)) if new else say("receive", "none")
    for row in not_taken(connection):
        yield say("receive", "not_taken", name=row["name"],
                  why_vi=row["message_vi"], why_en=row["message_en"])  # fmt: skip


def _read(
    settings: Settings, connection: Connection, counts: Mapping[str, int], _book: Book
) -> Iterator[Line]:
    if left := counts.get("left", 0):
        names = listed(left_waiting(settings))
        yield say("read_and_normalise", "left", n=left, names=names)
    if not counts["read"]:
        if not left:
            yield say("read_and_normalise", "none")
        return
    filings = waiting(connection, "staged")
    titles = {form.form: form.title.vi for form in load_forms().values()}
    known = Counter(titles.get(row["form"], row["form"]) for row in filings if row["form"])
    unknown = [row["file"] for row in filings if not row["form"]]
    forms = "; ".join(f"{title}: {numerals.shown(n)}" for title, n in known.most_common())
    yield say("read_and_normalise", "read", n=counts["read"], filings=len(filings),
              forms=forms or words()["unknown_form"]["vi"])  # fmt: skip
    if unknown:
        yield say("read_and_normalise", "unknown", n=len(unknown), names=listed(unknown))


def _check(
    _settings: Settings, connection: Connection, _counts: Mapping[str, int], _book: Book
) -> Iterator[Line]:
    filings = [row["filing_id"] for row in waiting(connection, "checked")]
    if not filings:
        yield say("check", "none")
        return
    reasons = rows(connection, "reasons", filings=filings)
    by_severity = Counter({row["severity"]: 0 for row in reasons})
    for row in reasons:
        by_severity[row["severity"]] += row["findings"]
    yield say(
        "check", "checked", n=len(filings), fails=by_severity["fail"], warns=by_severity["warn"]
    )
    for row in reasons:
        named = {key: row[key] for key in ("rule", "rule_vi", "rule_en", "filings")}
        yield say("check", row["severity"], n=row["findings"], names=listed(row["units"]), **named)


def _load(
    _settings: Settings, connection: Connection, counts: Mapping[str, int], book: Book
) -> Iterator[Line]:
    if not counts:
        yield say("load", "none")
        return
    states = decided(connection, book)
    rejected = states.get("rejected", 0)
    yield say("load", "decided", accepted=states.get("accepted", 0), rejected=rejected)
    if files := counts.get("again.files", 0):
        accepted = counts["again.accepted"]
        yield say("load", "again", files=files, accepted=accepted, rest=files - accepted)
    shown = rows(connection, "returned", filings=book.filings, most=MOST)
    yield from map(_returned, shown)
    if rejected > len(shown):
        yield fill(words()["more"], n=rejected - len(shown))
    for row in rows(connection, "filed", filings=book.filings)[:_ROWS]:
        yield filed(row)
    facts = {table: n for table, n in counts.items() if table.startswith("dw.fact_") and n}
    if facts:
        yield say("load", "rows", n=sum(facts.values()), names=_by_table(facts))
    changes = rows(connection, "change_counts", filings=book.filings)
    if changes:
        named = [
            ", ".join(
                f"{row[f'change_{language}']}: {numerals.shown(row['figures'])}" for row in changes
            )
            for language in ("vi", "en")
        ]
        yield say("load", "changed", names=named[0], names_en=named[1])
    for row in rows(connection, "changes", filings=book.filings, most=_ROWS) if changes else ():
        yield figure(row)


def filed(row: Row) -> Line:
    """How many units of a district have filed a form of a period."""
    year, _, period = row["period_key"].partition("-")
    return say(
        "load", "filed" if row["units"] else "filed_no_due_date",
        period=when(period, year), n=row["units"],
        **{key: row[key] for key in ("place", "form_vi", "form_en", "filed")},
    )  # fmt: skip


def _returned(row: Row) -> Line:
    place = " ".join(filter(None, (row["sheet"], row["cell"])))
    return say(
        "load", "returned", unit=row["unit_name"] or words()["unknown_unit"]["vi"],
        cell=f"{place}: " if place else "",
        form_vi=row["form_vi"].replace("?", words()["unknown_form"]["vi"]),
        form_en=row["form_en"].replace("?", words()["unknown_form"]["en"]),
        **{key: row[key] for key in ("file", "faults", "message_vi")},
    )  # fmt: skip


def figure(row: Row) -> Line:
    """One figure before and after."""
    before, after = (
        numerals.shown(None if row[f"value_{side}"] is None else Decimal(str(row[f"value_{side}"])))
        for side in ("before", "after")
    )
    year, _, period = row["period_key"].partition("-")
    return say(
        "load", "figure", unit=row["unit_name"], period=when(period, year), before=before,
        after=after, **{key: row[key] for key in ("figure_vi", "figure_en", "change_vi")},
    )  # fmt: skip


def when(period: str | None, year: object) -> str:
    """A period in words: "6 tháng 2025"; "" where none is known."""
    return f"{one('periods', period, 'vi')} {year}" if period else ""


def _aggregate(
    _settings: Settings, connection: Connection, counts: Mapping[str, int], book: Book
) -> Iterator[Line]:
    changed = {table: n for table, n in counts.items() if n}
    if not changed:
        yield say("aggregate", "none")
    else:
        yield say("aggregate", "rows", n=sum(changed.values()), names=_by_table(changed))
        yield from verdicts(book.verdicts)
    for row in rows(connection, "missing")[:_ROWS]:
        yield missing(row)


def verdicts(changes: Mapping[str, Any]) -> Iterator[Line]:
    """How verdicts changed: counts of those that had none before, and from which to which."""
    first = [row for row in changes.get("counts", ()) if not row["verdict_before"]]
    if first:
        named: dict[str, Counter[str]] = {"vi": Counter(), "en": Counter()}
        for row in first:
            for language, counter in named.items():
                counter[row[f"verdict_{language}"]] += row["targets"]
        vi, en = (
            ", ".join(f"{word} {numerals.shown(n)}" for word, n in named[language].most_common())
            for language in ("vi", "en")
        )
        yield say("aggregate", "judged", n=sum(r["targets"] for r in first), names=vi, names_en=en)
    moved: Counter[tuple[str, ...]] = Counter()
    for row in changes.get("counts", ()):
        if row["verdict_before"]:
            moved[tuple(row[key] for key in _MOVED)] += row["targets"]
    for key, targets in moved.most_common():
        yield say("aggregate", "verdict", n=targets, **dict(zip(_MOVED, key, strict=True)))


_MOVED = ("before_vi", "before_en", "verdict_vi", "verdict_en")


def missing(row: Row) -> Line:
    """Who has not filed, of one district, form and period."""
    return say(
        "aggregate", "missing", place=row["place"] or "…", period=when(row["period"], row["year"]),
        due=numerals.day(date.fromisoformat(str(row["due_on"]))), n=row["units"],
        names=listed(row["names"]), form_vi=row["form_vi"], form_en=row["form_en"],
    )  # fmt: skip


def _publish(
    settings: Settings, _connection: Connection, counts: Mapping[str, int], _book: Book
) -> Iterator[Line]:
    n = counts["returned"]
    yield (
        say("publish", "written", n=n, folder=settings.returns_dir) if n else say("publish", "none")
    )


def _answer(
    settings: Settings, connection: Connection, counts: Mapping[str, int], _book: Book
) -> Iterator[Line]:
    mails = {
        "sent": counts.get("sent", 0),
        "written": counts.get("written", 0),
        "waiting": sum(counts.get(came, 0) for came in ("later", "broke_off", "nobody_knows")),
        "failed": counts.get("never", 0),
    }
    no_server = [say("answer", "no_server", **row) for row in mail_server(settings, connection)]
    if any(mails.values()):
        yield say("answer", "mails", **mails)
    elif not no_server:
        yield say("answer", "none")
    yield from no_server
    for row in failed_corrections(settings):
        yield say("answer", "correction", row=row)


def _by_table(changed: Mapping[str, int]) -> str:
    return ", ".join(f"{table} {numerals.shown(n)}" for table, n in changed.items())


Teller = Callable[[Settings, Connection, Mapping[str, int], Book], Iterator[Line]]
_TELLERS: dict[str, Teller] = {
    "receive": _receive,
    "read_and_normalise": _read,
    "check": _check,
    "load": _load,
    "aggregate": _aggregate,
    "publish": _publish,
    "answer": _answer,
}
STEPS = tuple(_TELLERS)
