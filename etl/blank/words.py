"""What a blank form says to the person at its cells: units, prompts, and what a cell refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.blank.rows import Filing
from etl.catalogue.answers import answers
from etl.catalogue.forms import Column
from etl.catalogue.measures import word_for
from etl.catalogue.periods import periods
from etl.catalogue.slots import Slot
from etl.catalogue.units_of_measure import of_kind, units_of_measure, whole_units
from etl.units.index import Unit

WIDTHS = {
    "ordinal": 6, "unit": 26, "item": 46, "line": 14, "measure": 12, "figure": 14, "attribute": 24,
    "note": 16,
}  # fmt: skip
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
DATE_LINE = "……, ngày … tháng … năm ……"
SIGNATURES = ("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN")
_HINT = (
    "Chỉ nhập vào ô trắng và ô vàng; ô vàng là ô bắt buộc chưa điền, không có thì ghi 0. "
    "Ô xám tự tính hoặc để trống."
)
_EXAMPLES = {"share": " Ví dụ 8,08.", "money": " Ví dụ 358,34."}
_LIMIT = {"share": 100}
_FIRST_DAY, _LAST_DAY = date(1945, 1, 1), date(2099, 12, 31)


def heading(filing: Filing) -> str:
    """The title as printed; of a form without one, its title pattern with the period's words."""
    form, year, last = filing.form, str(filing.year), str(filing.last_year)
    if form.span and year != last:
        return form.span.replace("{year}", year).replace("{last_year}", last)
    words = form.periods[filing.period][:1]
    if not words and len(form.periods) > 1:
        words = (periods()[filing.period].name["vi"],)
    plain = form.titles[0].replace(".*", " ".join(["", *words, ""]))
    return form.heading.get(filing.period, plain).replace("{year}", year)


def reporter(unit: Unit, parents: tuple[Unit, ...]) -> str:
    """The line that says who files: "Đơn vị báo cáo: Xã Kim Hỷ, huyện Na Rì, tỉnh Bắc Kạn"."""
    above = (f", {parent.unit_type} {parent.name}" for parent in parents)
    return f"Đơn vị báo cáo: {unit.full_name}{''.join(above)}"


def hint(year: int, is_given: bool) -> str:
    """Which cells to fill in."""
    given = f" Ô xanh đã điền sẵn số đầu năm theo báo cáo cuối năm {year - 1}, sửa nếu khác."
    return _HINT + (given if is_given else "")


def header(column: Column, year: int) -> str:
    """A header cell's text, with its unit of measure."""
    text = column.header[0].replace("{year}", str(year + column.years_on))
    unit = word_for(column.unit)
    return f"{text} ({unit})" if unit and "(" not in text else text


def number_format(unit: str | None) -> str:
    """How a spreadsheet shows figures of a unit."""
    if unit is None or unit in of_kind("any"):
        return "General"
    if unit in whole_units():
        return "#,##0"
    return "0.00" if unit in of_kind("share") else "#,##0.00"


def figure_validation(slot: Slot, given: bool, year: int) -> dict[str, Any]:
    """Which figures a cell takes: whole for counts, 0 to 100 for rates, never below 0."""
    unit = slot.unit_of_measure or ""
    kind = units_of_measure()[unit].kind if unit else ""
    limit = _LIMIT.get(kind)
    whole = "số nguyên" if unit in whole_units() else "số"
    range_ = f"từ 0 đến {limit}" if limit else "từ 0 trở lên"
    word = f" ({word_for(unit)})" if word_for(unit) else ""
    known = f" Đã điền sẵn theo báo cáo cuối năm {year - 1}; sửa nếu khác." if given else ""
    between = {"criteria": "between", "minimum": 0, "maximum": limit}
    return _validation(
        slot,
        f"Nhập {whole} {range_}{word}.{_EXAMPLES.get(kind, '')}{known}",
        f"{whole} {range_}{word}: gõ chữ số, không gõ chữ, không gõ dấu cách. Không có thì ghi 0.",
        validate="integer" if unit in whole_units() else "decimal",
        **(between if limit else {"criteria": ">=", "value": 0}),
    )


def _validation(slot: Slot, message: str, only: str, **takes: object) -> dict[str, Any]:
    """What a cell takes, with its prompt, and the words for what else is typed."""
    title = "Bắt buộc" if slot.required else "Không bắt buộc"
    error = {"error_title": "Chưa đúng", "error_message": f"Ô này chỉ nhận {only}"} if only else {}
    return {**takes, "input_title": title, "input_message": message, **error}


def answer_words(column: Column) -> list[str]:
    """How a blank form writes yes, and no."""
    said = answers(column)
    return [said["yes"][0], said["no"][0]]


def day_validation(slot: Slot) -> dict[str, Any]:
    """Which days a cell takes: any that a calendar has."""
    return _validation(
        slot,
        "Nhập ngày/tháng/năm, ví dụ 15/03/2025; không có thì để trống.",
        "một ngày: ngày/tháng/năm, ví dụ 15/03/2025.",
        validate="date", criteria="between", minimum=_FIRST_DAY, maximum=_LAST_DAY,
    )  # fmt: skip


def answer_validation(slot: Slot, column: Column) -> dict[str, Any]:
    """A drop-down of yes and no, in the column's first words; its other words may be typed."""
    first = answer_words(column)
    message = f"Chọn hoặc ghi “{first[0]}”, “{first[1]}”; chưa biết thì để trống."
    return _validation(slot, message, "", validate="list", source=first, show_error=False)


def list_validation(source: str, slot: Slot, *, is_open: bool) -> dict[str, Any]:
    """A drop-down; `source` is the range of its words, `is_open`: others may be typed."""
    message = "Bấm mũi tên bên phải ô rồi chọn trong danh sách"
    return _validation(
        slot,
        message + ("; không có thì gõ vào." if is_open else "."),
        "một mục trong danh sách: bấm mũi tên bên phải ô rồi chọn. Các mục được giải nghĩa ở trang"
        " “Danh mục”.",
        validate="list", source=source, show_error=not is_open,
    )  # fmt: skip
