"""The night on one page: HTML to print, text for a terminal, and both as a letter."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from jinja2 import Environment

from etl.ground import numerals
from etl.ground.config import Settings
from etl.night.told import book as books
from etl.night.told.book import Book, Line
from etl.night.told.lines import STEPS, figure, filed, listed, missing, say, verdicts, when, words
from etl.reports.template_words import environment

_LISTED = 15  # rows of each table: all of them are in the book and in the warehouse
_COMPARED = 14  # nights whose durations a night stands beside


def html(book: Book, earlier: list[Book]) -> str:
    """The page: self-contained, A4, everything that came from outside escaped."""
    return words_of_night().get_template("night.html").render(**_shown(book, earlier))


def words_of_night() -> Environment:
    """The environment of the templates, with what that of a night calls."""
    templates = environment()
    templates.filters["iso"] = lambda day: numerals.day(date.fromisoformat(day))
    templates.filters["value"] = lambda text: numerals.shown(
        None if text is None else Decimal(text)
    )
    templates.filters["listed"] = listed
    templates.globals["when"] = when
    return templates


def text(book: Book, earlier: list[Book]) -> str:
    """The same for a terminal, Vietnamese first."""
    return "\n".join(f"{'' if is_head else '  '}{line}" for is_head, line in _lines(book, earlier))


def letter(settings: Settings, book: Book) -> tuple[str, str, str]:
    """Subject, text and HTML of a night's page, for a mail."""
    before = books.earlier(settings, book)
    return headline(book), text(book, before), html(book, before)


def headline(book: Book) -> str:
    """One line that says how the night went."""
    head = f"khoxa {numerals.day(book.day)}"
    if book.failures:
        return f"{head}: có tác vụ không xong ({', '.join(book.failures)}) / a task failed"
    if not book.facts:
        return f"{head}: chưa xong, đang chạy hoặc bị dừng giữa chừng / not finished"
    states = Counter(book.facts["decided"])
    decided = f"{head}: được nhận {states['accepted']}, trả lại {states['rejected']}"
    asked = len(list(human(book)))
    return f"{decided}, {asked} việc cần người xem" if asked else decided


def human(book: Book) -> list[Line]:
    """What nobody but a person can mend: what it is, and what to do."""
    facts = book.facts
    to_do = [(f"Đính chính không khớp: {row}", "sửa hoặc bỏ dòng đó trong tệp đính chính")
             for row in facts.get("corrections", ())]  # fmt: skip
    to_do += [
        (f"Không nhận được “{row['name']}”: {row['message_vi']}", row["fix_vi"])
        for row in facts.get("not_taken", ())
    ]
    to_do += [
        (f"Thư chờ duyệt của {row['from_address']}: {row['subject']}",
         "nếu người gửi được nộp thay đơn vị thì ghi địa chỉ vào danh sách người gửi")
        for row in facts.get("messages", ())
    ]  # fmt: skip
    to_do += [(say("answer", "no_server", **row)[0], say("answer", "mend_server")[0])
              for row in facts.get("mail_server", ())]  # fmt: skip
    to_do += [(f"Không có bản sao lưu mới từ {row['since']}",
               "xem nhật ký DAG backup trên trang Airflow, sửa rồi bấm Trigger")
              for row in facts.get("no_backup", ())]  # fmt: skip
    ahead = words()["ahead"]["tried" if book.tried_at else "unknown"]["vi"]
    to_do += [(f"{row['filings']} hồ sơ có ngày nhận ở tương lai (đến {row['until']})", ahead)
              for row in facts.get("ahead", ())]  # fmt: skip
    to_do += [(f"Khai báo sai: {fault}", "`khoxa forms lint`") for fault in facts.get("faults", ())]
    to_do += [(each, "") for each in facts.get("gone", ())]
    return to_do


def durations(book: Book, earlier: list[Book]) -> list[dict[str, Any]]:
    """Per step its seconds, and the median of the earlier nights'; None where it did not end."""
    steps = []
    for step in STEPS:
        before = [each.steps[step]["seconds"] for each in earlier[:_COMPARED] if step in each.steps]
        steps.append(
            {
                "step": step,
                "name": words()["tasks"][step],
                "seconds": book.steps.get(step, {}).get("seconds"),
                "usual": round(median(before), 2) if before else None,
            }
        )
    return steps


def _shown(book: Book, earlier: list[Book]) -> dict[str, Any]:
    facts = book.facts
    return {
        "book": book,
        "headline": headline(book),
        "facts": facts,
        "states": Counter(facts.get("decided", {})),
        "listed": _LISTED,
        "filed_lines": [filed(row) for row in facts.get("filed", ())],
        "verdict_lines": list(verdicts(book.verdicts)),
        "human": human(book),
        "durations": durations(book, earlier),
    }


def _lines(book: Book, earlier: list[Book]) -> list[tuple[bool, str]]:
    """Whether it is a heading, and the line."""
    facts = book.facts
    parts: list[tuple[str, list[str]]] = [
        (f"{headline(book)} ({book.day:%H:%M})", []),
        ("Tác vụ không xong / failed",
         [f"{step}: {why['vi']} → {why['do_vi']}" for step, why in book.failures.items()]),
        ("Cần người xem / needs a person",
         [f"{what} → {do}" if do else what for what, do in human(book)]),
        *((f"{words()['tasks'][step]['vi']} / {step}", [line[0] for line in done["lines"]])
          for step, done in book.steps.items()),
        ("Số liệu thay đổi / figures changed",
         [figure(row)[0] for row in facts.get("changes", ())]),
        ("Chưa nộp / missing", [missing(row)[0] for row in facts.get("missing", ())]),
        ("Thời gian từng bước (giây), thường lệ / seconds a step, usual",
         [f"{row['name']['vi']}: {_second(row['seconds'])} ({_second(row['usual'])})"
          for row in durations(book, earlier)]),
    ]  # fmt: skip
    return [
        line
        for n, (title, texts) in enumerate(parts)
        if texts or not n
        for line in ((True, title), *((False, each) for each in texts))
    ]


def _second(value: float | None) -> str:
    return numerals.shown(None if value is None else Decimal(str(value)))
