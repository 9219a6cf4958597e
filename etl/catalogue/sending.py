"""By when, to whom and how a unit sends a filing: from the calendar, the contacts of offices and
KHOXA_FILING_ADDRESS.

Doors: `how_to_send`, `receiver_of`, `due_on`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from etl.ground.seeds import seed
from etl.units.index import Unit, load_units
from etl.units.words import committee


def due_on(form: str, unit: Unit, above: Sequence[Unit], year: int, period: str) -> date | None:
    """The last day to file; None where no document states one. A date of the unit's own stands
    before its district's and that before its province's; a dated one before a yearly rule."""
    for scope in (unit, *above):
        key = (form, unit.level, scope.code, period)
        dated = [row for row in seed("calendar") if _key(row) == key and int(row["year"]) == year]
        if dated:
            return date.fromisoformat(dated[0]["due_on"]) if dated[0]["due_on"] else None
        for rule in seed("calendar_rule"):
            begun, ended = int(rule["first_year"]) <= year, int(rule["last_year"] or year) < year
            if _key(rule) == key and begun and not ended:
                return _of_rule(rule, year)
    return None


def how_to_send(
    form: str, unit: Unit, above: Sequence[Unit], year: int, period: str, address: str
) -> list[str]:
    """Sentences for the filer, in Vietnamese: due date, addressee, and how to send it.

    `above` are the units above the unit, nearest first; `address` is KHOXA_FILING_ADDRESS, "" where
    the province has set none.
    """
    due = due_on(form, unit, above, year, period)
    office = _office(unit, above)
    where = address or (office["office_email"] if office else "") or "nơi nhận"
    return [
        f"Hạn nộp: hết ngày {due:%d/%m/%Y}." if due else "Hạn nộp: theo văn bản giao báo cáo.",
        receiver(unit, above),
        f"Cách gửi: gửi chính tệp này (không chụp ảnh, không đổi sang PDF) tới {where}.",
        "Nếu có sai sót, tệp được gửi trả, đánh dấu từng ô; sửa ngay trong tệp đó rồi gửi lại.",
    ]


def receiver(unit: Unit, above: Sequence[Unit]) -> str:
    """The sentence that says who receives what a unit files, and how to reach them."""
    office = _office(unit, above)
    whom = office["office"] if office else committee(next(iter(above), unit).full_name)
    reach = [office[name] for name in ("office_phone", "office_email") if office and office[name]]
    return f"Nơi nhận: {whom}" + (f" ({', '.join(reach)})." if reach else ".")


def receiver_of(level: str, code: str, on: date, today: date) -> str:
    """The same for a unit by its code on a day, of those above it that are still there today; ""
    where it was none, or none of them is."""
    history = load_units().history
    unit = history.on(level, code, on)
    if unit is None:
        return ""
    above = [parent for parent in history.parents(unit) if parent.is_on(on)]
    known = (history.on(parent.level, parent.code, max(on, today)) for parent in above)
    there = [parent for parent in known if parent]
    return receiver(unit, there) if there or not above else ""


def _office(unit: Unit, above: Sequence[Unit]) -> dict[str, str] | None:
    whose = next(iter(above), unit)
    offices = [row for row in seed("contacts") if row["unit_code"] == whose.code]
    return next((row for row in offices if not row["agency_code"]), next(iter(offices), None))


def _key(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["form"], row["filer_level"], row["scope_code"], row["period"]


def _of_rule(rule: dict[str, str], year: int) -> date | None:
    """The day of a yearly rule: "before" a day is the end of the day before it."""
    if not rule["day"]:
        return None
    month, day = map(int, rule["day"].split("-"))
    stated = date(year + int(rule["years_after"] or 0), month, day)
    return stated - timedelta(days=rule["relation"] == "before")
