"""Forms as nobody has written them, for properties that must hold of any form; and khoxa with one
of them as its only form."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from etl.catalogue import definitions as catalogue
from etl.catalogue.form_faults import form_faults
from etl.catalogue.form_file import FormFile
from etl.catalogue.forms import Form
from etl.catalogue.indicators import answered, indicator_units
from etl.ground.yaml_file import YamlFile

TOPICS = ("hộ dùng nước sạch", "trường học", "đường thôn", "vốn vay", "bảo hiểm", "chợ nông thôn",
          "cây trồng", "lớp học nghề")  # fmt: skip
HEADINGS = ("Kế hoạch giao", "Thực hiện", "Vốn đầu tư", "Vốn sự nghiệp", "Khu vực nông thôn")
LEAVES = ("Tổng số", "Nam", "Nữ", "Ngân sách trung ương", "Dân tộc Tày", "Xây mới", "Sửa chữa")
ITEMS = ("Làm đường", "Xây cầu", "Kiên cố kênh mương", "Mua máy cày", "Trồng rừng", "Nuôi ong",
         "Dạy may", "Lắp đèn đường")  # fmt: skip
_ALL = [(unit, code) for code, unit in sorted(indicator_units().items()) if code not in answered()]
OF_UNIT = {
    unit: [code for own, code in _ALL if own == unit] for unit in ("household", "person", "pct")
} | {"number": [code for own, code in _ALL if own not in ("household", "person", "pct")]}
FILERS = {"commune": "02152", "district": "066", "province": "06"}  # in Bắc Kạn, 2024
_SPARE = ("etl.normalise", "etl.catalogue.slots")


@contextmanager
def only(form: Form) -> Iterator[None]:
    """khoxa with this form and no other."""
    own = {(form.form, form.version): form}
    found = replace(catalogue.definitions(), forms=own, as_written=own)
    before, catalogue.definitions = catalogue.definitions, lambda *_a, **_k: found  # type: ignore
    _forget()
    try:
        yield
    finally:
        catalogue.definitions = before
        _forget()


def _forget() -> None:
    """Empty what is remembered of forms. The register of units, which takes a second to read, knows
    of none."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_SPARE):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and not value.__module__.startswith("etl.units"):
                    value.cache_clear()


def faults(spec: dict[str, Any], form: Form) -> list[str]:
    """What `khoxa forms lint` would say of it."""
    return list(map(str, form_faults(FormFile(YamlFile("drawn.yaml", spec, None), spec), form)))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of units, of units with lines, of items or of texts, its columns below up to two
    headings."""
    level = draw(st.sampled_from(("commune", "district", "district", "district", "province")))
    periods = draw(st.sampled_from(({"Y": ()}, {"H1": ["6 tháng đầu"], "Y": []})))
    headings = {"Y": "Thống kê {} năm {{year}}",
                "H1": "Thống kê {} 6 tháng đầu năm {{year}}"}  # fmt: skip
    topic = " và ".join(
        draw(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=2, unique=True))
    )
    kinds = ["items", "texts"] if level == "commune" else ["items", "units", "texts"]
    count = draw(st.integers(1, 2))
    spec: dict[str, Any] = {
        "form": "drawn", "version": "1", "title": {"vi": topic, "en": topic}, "filer": level,
        "valid": {"from": 2024, "to": 2024}, "titles": [f"thống kê {topic}.*năm {{year}}"],
        "units_on": draw(st.sampled_from(["start", "end"])), "periods": periods,
        "heading": {each: headings[each].format(topic) for each in periods},
        "tables": {f"t{n}": draw(tables(draw(st.sampled_from(kinds)), n)) for n in range(count)},
    }  # fmt: skip
    form = Form.model_validate(spec)
    assert faults(spec, form) == []
    return form


@st.composite
def tables(draw: st.DrawFn, rows: str, number: int) -> dict[str, Any]:
    """One table: what names its rows, then columns of figures."""
    if rows == "texts":
        return draw(text_tables(number))
    columns: dict[str, Any] = {}
    if draw(st.booleans()):
        columns["ordinal"] = {"is": "ordinal", "header": ["STT", "TT"], "optional": True}
    key = "unit" if rows == "units" else "item"
    columns["key"] = {
        "is": key,
        "header": [f"{'Đơn vị' if key == 'unit' else 'Nội dung'} {number + 1}"],
    }
    table: dict[str, Any] = {"title": f"Bảng {number + 1}", "rows": rows, "key_column": "key"}
    if rows == "items" and draw(st.booleans()):
        columns["measure"] = {"is": "measure", "header": ["ĐVT"], "optional": True}
    has_total = draw(st.booleans())
    lines = ["Hộ", "Khẩu"] if rows == "units" and draw(st.booleans()) else []
    if lines:
        columns["line"] = {"is": "line", "header": ["Hộ, khẩu"]}
        table["line_column"] = "line"
    figures = draw(figure_columns(is_cellwise=bool(lines) or rows == "items", has_total=has_total))
    columns |= figures
    if draw(st.booleans()):
        columns["note"] = {"is": "note", "header": ["Ghi chú"], "optional": True}
    if rows == "units":
        table["unit_level"] = "commune"
        if draw(st.booleans()):
            table["groups"] = {
                "a": {"labels": ["Các xã"], "types": ["xã", "phường"]},
                "b": {"labels": ["Các thị trấn"], "types": ["thị trấn"]},
            }
    if has_total:
        table["total_labels"] = ["Tổng cộng", "Cộng"]
    names = lines or draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=5, unique=True))
    if lines or rows == "items":
        table["items"] = _items(draw, names, figures, number)
    if rows == "items" and has_total and len(names) > 2:
        table["groups"] = _groups(draw, len(names))
    return table | {"columns": columns}


def _groups(draw: st.DrawFn, count: int) -> dict[str, Any]:
    """Items that stand together and have a subtotal, and perhaps some of these again."""
    first, last = draw(st.integers(0, 1)), draw(st.integers(count - 1, count))
    groups = {"all": {"labels": ["Nhóm một"], "items": [f"i{n}" for n in range(first, last)]}}
    if last - first > 2 and draw(st.booleans()):
        groups["some"] = {
            "labels": ["Nhóm hai"],
            "items": [f"i{n}" for n in range(first, last - 1)],
        }
    return groups


@st.composite
def text_tables(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """A list of texts, some of them days, with or without a number before each row."""
    columns: dict[str, Any] = {}
    if draw(st.booleans()):
        columns["ordinal"] = {"is": "ordinal", "header": ["STT"], "optional": True}
    columns["key"] = {"is": "attribute", "fact": "text", "header": [f"Số hiệu {number + 1}"],
                      "required": True}  # fmt: skip
    for n in range(draw(st.integers(1, 3))):
        column = {"is": "attribute", "fact": "text", "header": [f"Nội dung {number + 1}.{n + 1}"],
                  "required": draw(st.booleans())}  # fmt: skip
        if draw(st.booleans()):
            column["unit"] = "date"
        columns[f"w{n}"] = column
    return {"title": f"Danh sách {number + 1}", "rows": "statements", "key_column": "key",
            "columns": columns}  # fmt: skip


@st.composite
def figure_columns(draw: st.DrawFn, *, is_cellwise: bool, has_total: bool) -> dict[str, Any]:
    """Columns of figures, some below headings, and some that follow from others."""
    leaf = st.sampled_from(LEAVES)
    paths = st.lists(st.sampled_from(HEADINGS), max_size=2, unique=True).map(tuple)
    places = draw(st.lists(st.tuples(paths, leaf), min_size=1, max_size=6, unique=True))
    units = st.sampled_from(sorted(OF_UNIT))
    columns: dict[str, Any] = {}
    free = {unit: list(codes) for unit, codes in OF_UNIT.items()}
    for n, (path, own) in enumerate(places):
        unit = draw(units)
        column: dict[str, Any] = {
            "is": "figure", "header": [own], "unit": unit, "fact": "indicator", "measure": "actual",
            "required": draw(st.booleans()),
        }  # fmt: skip
        if path:
            column["path"] = list(path)
        if not is_cellwise:
            column["indicator"] = free[unit].pop()
        if has_total and unit != "pct":
            column["total"] = "sum"
        columns[f"c{n}"] = column
    amounts = [name for name, c in columns.items() if c["unit"] == "number"]
    counts = [name for name, c in columns.items() if c["unit"] != "pct"]
    if len(amounts) > 1 and draw(st.booleans()):
        columns["sum"] = {
            "is": "figure", "header": ["Cộng các nguồn"], "unit": "number", "parts": amounts[:2],
            **({"total": "sum"} if has_total else {}),
        }  # fmt: skip
    if len(counts) > 1 and draw(st.booleans()):
        columns["rate"] = {"is": "figure", "header": ["Tỷ lệ đạt"], "unit": "pct",
                           "ratio": {"numerator": counts[1], "denominator": counts[0]},
                           **({"total": "ratio"} if has_total else {})}  # fmt: skip
    return columns


def _items(
    draw: st.DrawFn, names: list[str], figures: dict[str, Any], number: int
) -> dict[str, Any]:
    """Rows with an indicator of its own in each cell; some cells are not asked for."""
    free = {unit: iter(codes[number::2]) for unit, codes in OF_UNIT.items()}
    items: dict[str, Any] = {}
    for n, name in enumerate(names):
        cells = {
            column: {"indicator": code}
            for column, spec in figures.items() if spec.get("fact")
            and (code := next(free[spec["unit"]], None))
        }  # fmt: skip
        items[f"i{n}"] = {"labels": [name], "cells": cells}
    return items
