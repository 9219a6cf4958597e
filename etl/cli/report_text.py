"""What `khoxa status` prints: Vietnamese first, plain when not a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, make_url

from etl.catalogue.definitions import definitions, form_titles, load_rules
from etl.catalogue.indicators import sources
from etl.ground import database, numerals
from etl.ground.clock import local
from etl.ground.config import Settings
from etl.ground.yaml_file import sentence, words_beside
from etl.load.declared import gone
from etl.night.told import book as books
from etl.reports.words import as_known, words

_NARROWEST = 10  # characters of a column, its border among them


def print_table(
    console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Print a table."""
    console.print(table(title, columns, rows))


def print_answer(
    console: Console, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Print a table; of more columns than the width has room for, a small one a row."""
    if _NARROWEST * len(columns) <= console.width or not rows:
        print_table(console, "", columns, rows)
        return
    for number, row in enumerate(rows, start=1):
        named = zip(columns, map(shown, row), strict=True)
        print_table(console, f"dòng / row {number}", ("cột / column", "giá trị / value"), named)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table; numbers in Vietnamese notation, right-aligned."""
    drawn = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD)
    listed = list(rows)
    for index, name in enumerate(columns):
        numeric = listed and all(isinstance(row[index], Decimal | int | None) for row in listed)
        drawn.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        drawn.add_row(*map(shown, row))
    return drawn


def shown(value: object) -> str:
    """A value as a table shows it: decimals in Vietnamese notation, a year as it is."""
    return numerals.shown(value) if value is None or isinstance(value, Decimal) else str(value)


def counted(columns: Sequence[str], row: Sequence[object]) -> list[object]:
    """A row in which counts are numbers to be read, and years stay as they are."""
    return [
        Decimal(value) if type(value) is int and "year" not in name else value
        for name, value in zip(columns, row, strict=True)
    ]


def print_unit(console: Console, settings: Settings, unit: str, lines: int | None) -> None:
    """The filings of a unit and of those in it: those of earlier years that were rejected, then all
    of the latest year; `lines` None: all of them."""
    with database.asking(settings) as connection:
        result = database.ask(connection, "status/unit", unit=unit)
        columns, rows = _worded("unit", list(result.keys()), [tuple(row) for row in result])
    if not rows:
        console.print(sentence(__file__, "no_filings", unit=unit))
        return
    for year, filings in groupby(rows[:lines], key=lambda row: row[0]):
        title = f"Hồ sơ năm {year} / Filings of {year}"
        print_table(console, title, columns[1:], [row[1:] for row in filings])
    if lines is not None and len(rows) > lines:
        console.print(f"còn {len(rows) - lines} dòng, thêm --all để xem hết", highlight=False)


def print_status(
    console: Console, settings: Settings, lines: int | None, with_figures: bool
) -> None:
    """The filings, and with_figures everything `make run` ends with; of a past day, what was known
    then. Of each table the first `lines`; None: all."""
    if settings.as_of:
        console.print("/ ".join(as_known(settings.as_of)), highlight=False)
    with database.asking(settings) as connection:
        for name, section in words_beside(__file__)["status"].items():
            is_of_now = section.get("now") and settings.as_of
            if is_of_now or (section.get("figures") and not with_figures):
                continue
            result = database.ask(connection, f"status/{name}", sources=[*sources()])
            columns, rows = _worded(name, list(result.keys()), [tuple(row) for row in result])
            if rows or not section.get("rare"):
                print_table(console, section["title"], columns, rows[:lines])
                if lines is not None and len(rows) > lines:
                    whole = f"khoxa status {'--figures ' * with_figures}--all"
                    left = len(rows) - lines
                    console.print(f"còn {left} dòng, xem hết: {whole} / and {left} more",
                                  highlight=False)  # fmt: skip
                console.print()
        if with_figures:
            for (line,) in database.ask(connection, "status/coverage"):
                console.print(line)
            console.print()
        for line in (*definitions().faults, *gone(connection)):
            console.print(f"Khai báo / declared: {line}", highlight=False)
        if settings.as_of is None:
            _print_mails(console, settings, connection)
    if settings.as_of is None:
        _print_where(console, settings, with_figures)


def _worded(
    section: str, columns: list[str], found: list[tuple[object, ...]]
) -> tuple[list[str], list[list[object]]]:
    """Columns and rows as they are shown: codes in words, without columns that nobody fills."""
    optional = words_beside(__file__)["rare_columns"] if section == "funds" else ()
    kept = [index for index, name in enumerate(columns)
            if name not in optional or any(row[index] is not None for row in found)]  # fmt: skip
    rows = ([row[index] for index in kept] for row in found)
    names = [columns[index] for index in kept]
    return names, [counted(names, in_words(names, row)) for row in rows]


def _print_mails(console: Console, settings: Settings, connection: Connection) -> None:
    """How many mails went out, and every one that did not or may be there twice."""
    for (line,) in database.ask(connection, "status/mails"):
        console.print(line.replace("{mails}", str(settings.mails_dir)), markup=False)
    for (line,) in database.ask(connection, "status/mail_faults"):
        console.print(f"  {line}", markup=False, highlight=False)


def _print_where(console: Console, settings: Settings, with_figures: bool) -> None:
    url = make_url(database.warehouse_url(settings, "bi_reader"))
    console.print(f"Kho dữ liệu / warehouse: {url.render_as_string(hide_password=True)}")
    console.print(f"Data Docs: {settings.docs_dir / 'index.html'}")
    console.print(f"Tệp trả lại / return workbooks: {settings.returns_dir}")
    if with_figures:
        console.print("Thử hỏi / try:")
        for query in words_beside(__file__)["queries"]:
            console.print(f'  khoxa sql "{query}"', highlight=False)
    else:
        console.print("Số liệu, mục tiêu, kinh phí / figures: khoxa status --figures")
    kept = [books.read(path) for path in books.books(settings)[:1]]
    if kept and not (kept[0].facts or kept[0].failures):
        began = f"{kept[0].day:%H:%M %d/%m/%Y}"
        console.print(sentence(__file__, "not_ended", began=began), highlight=False)
    elif settings.last_run.exists():
        last = json.loads(settings.last_run.read_text(encoding="utf-8"))
        unended = [name for name, counts in last["steps"].items() if counts is None]
        undone = dict.fromkeys([*last.get("failed", ()), *unended])
        words = "từng bước / step by step: khoxa summary"
        if undone:
            words = f"không xong / not finished: {', '.join(undone)}; {words}"
        elif not any(sum(counts.values()) for counts in last["steps"].values()):
            words = "không dòng nào thay đổi / no row changed"
        started = f"{local(last['started']):%H:%M %d/%m/%Y}"
        console.print(f"Lần chạy gần nhất / latest run ({started}): {words}", highlight=False)


def in_words(columns: Sequence[str], row: Sequence[object]) -> list[object]:
    """A row with its codes in Vietnamese; a value without words stays as it is."""
    return [_in_words(column, value) for column, value in zip(columns, row, strict=True)]


def _in_words(column: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if (rule := load_rules().get(value)) and column in ("nội dung", "việc cần làm"):
        return rule.vi if column == "nội dung" else rule.fix.vi
    if column == "bản đồ":
        return ", ".join(_map(name) for name in value.split(", "))
    if column == "biểu":
        titles = form_titles()
        return titles[value].vi if value in titles else value
    kind = words_beside(__file__)["coded"].get(column)
    return words()[kind].get(value, {"vi": value})["vi"] if kind else value


def _map(name: str) -> str:
    return "như báo cáo" if name == "as_filed" else f"{date.fromisoformat(name):%d/%m/%Y}"
