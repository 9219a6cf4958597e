"""`khoxa headers`: headers that forms do not know, and what the province says of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Annotated, Any, NamedTuple

import typer

from etl.catalogue.definitions import definitions, load_forms
from etl.catalogue.forms import Form
from etl.catalogue.headers import Decision, NotDecided, headers_file, write
from etl.catalogue.indicators import indicator_names
from etl.cli.terminal import say, say_json
from etl.ground import database
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.errors import BadValue
from etl.ground.faults import unknown
from etl.ground.yaml_file import sentence

_FEWEST = 4
headers = typer.Typer(help="Headers that no form knows: what they may mean, accept or refuse them.")
Number = Annotated[
    str | None, typer.Argument(metavar="NUMBER", help="Of the list: 1f09ab, or 1f09.")
]
FormCode = Annotated[str | None, typer.Option("--form", help="Instead of a number: the form,")]
TableName = Annotated[str | None, typer.Option("--table", help="its table, if it has several,")]
Text = Annotated[str | None, typer.Option("--text", help="and the header as filed.")]


class Waiting(NamedTuple):
    """A row of sql/status/headers.sql."""

    number: str
    form: str
    table: str
    key: str
    text: str
    column: str
    under: str
    filings: int
    rejected: int
    units: list[str]
    first_seen: date | None
    last_seen: date | None


@headers.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """List the headers that wait for the province's word, those found most often first."""
    if context.invoked_subcommand:
        return
    waiting = [each for each in _found(Settings.from_env()) if not _is_answered(each)]
    if as_json:
        say_json([each._asdict() | {"means": _means(each)} for each in waiting])
        return
    if not waiting:
        typer.echo("không có đầu cột lạ nào chờ trả lời / no header waits for an answer")
    for each in waiting:
        say(_entry(each))


@headers.command()
def accept(
    number: Number = None,
    form: FormCode = None,
    table: TableName = None,
    text: Text = None,
    column: Annotated[
        str | None, typer.Option(help="The form's column; default: the nearest.")
    ] = None,
    under: Annotated[
        str | None, typer.Option(help="Or the form's name over a group of columns.")
    ] = None,
) -> None:
    """Take a header for a column of its form, from the next night on; what was rejected for it is
    read again by then."""
    meant = _meant(number, form, table, text)
    if not column and not under:
        column, under = meant.column or None, meant.under or None
    if not column and not under:
        raise BadValue("--column: chưa rõ là cột nào / which column it is, is not known")
    chosen = meant._replace(column=column or "", under=under or "")
    _write(chosen, {"column": column, "under": under, "accepted": now().date()})
    say(f"đã nhận / accepted: “{meant.text}” = {_means(chosen)}")


@headers.command()
def refuse(
    number: Number = None, form: FormCode = None, table: TableName = None, text: Text = None
) -> None:
    """Refuse a header for good: it is no longer listed; filings with it stay as they are."""
    meant = _meant(number, form, table, text)
    _write(meant, {"refused": now().date()})
    say(f"đã từ chối / refused: “{meant.text}”")


def _found(settings: Settings) -> list[Waiting]:
    """The headers that no form knows, those that headers.yaml says something of among them."""
    with database.engine(settings).connect() as connection:
        rows = database.ask(connection, "status/headers").all()
    return [Waiting._make(row) for row in rows]


def _is_answered(each: Waiting) -> bool:
    return (each.form, each.table, each.key) in {said.key for said in definitions().headers}


def _meant(number: str | None, form: str | None, table: str | None, text: str | None) -> Waiting:
    """The header of a number, or of form and text. Raises BadValue."""
    if number:
        return _numbered(number)
    if not form or not text:
        raise BadValue("cần số trong danh sách, hoặc --form và --text / a number, or both of these")
    tables = {name for each in _versions(form) for name in each.tables}
    if not tables:
        raise BadValue(unknown("biểu", "form", form, {each.form for each in load_forms().values()}))
    if table is None and len(tables) != 1:
        raise BadValue(f"--table: {', '.join(sorted(tables)) or form}?")
    return Waiting("", form, table or next(iter(tables)), "", text, "", "", 0, 0, [], None, None)


def _numbered(number: str) -> Waiting:
    """The header of a number of the list, or of four or more of its signs. Raises BadValue."""
    found = [each for each in _found(Settings.from_env()) if each.number.startswith(number)]
    if len(number) < _FEWEST:
        raise BadValue(sentence(__file__, "few_signs", number=number, fewest=_FEWEST))
    if len(found) != 1:
        raise BadValue(f"{number}: không có trong danh sách / is not on the list")
    if _is_answered(found[0]):
        raise BadValue(sentence(__file__, "answered", text=found[0].text, file=headers_file()))
    return found[0]


def _write(meant: Waiting, said: dict[str, Any]) -> None:
    path = headers_file()
    if path is None:
        raise NotDecided(sentence(__file__, "no_local_folder"))
    decision = Decision.model_validate(
        {"form": meant.form, "table": meant.table, "text": meant.text, **said}
    )
    write(decision, path, load_forms().values(), definitions().headers)
    from sqlalchemy.exc import SQLAlchemyError

    from etl.ground import audit

    with suppress(SQLAlchemyError):  # a header is also decided where there is no warehouse yet
        audit.noted(Settings.from_env(), "decided", f"{meant.form} {meant.table} “{meant.text}”")


def _entry(each: Waiting) -> str:
    units = "; ".join(each.units[:5]) + (f" … (+{len(each.units) - 5})" if each.units[5:] else "")
    return (
        f"{each.number}  {each.form} · {each.table}: “{each.text}”\n"
        f"        gần nhất / nearest: {_means(each)}\n"
        f"        {each.filings} hồ sơ / filings (bị trả / rejected: {each.rejected}),"
        f" {each.first_seen:%d/%m/%Y}–"
        f"{each.last_seen:%d/%m/%Y}: {units or '(chưa rõ của ai / by whom is not known)'}"
    )


def _means(each: Waiting) -> str:
    """The column, or group, that a header stands for, in the form's words and the seeds'."""
    if each.under:
        return f"“{each.under} / …”"
    for form in _versions(each.form):
        if each.table in form.tables and each.column in form.tables[each.table].columns:
            column = form.tables[each.table].columns[each.column]
            named = " / ".join((*column.under[:1], column.header[0]))
            said = f" ({indicator_names()[column.indicator]})" if column.indicator else ""
            return f"{each.column} “{named}”{said}"
    return "–"


def _versions(code: str) -> list[Form]:
    return [form for form in load_forms().values() if form.form == code]
