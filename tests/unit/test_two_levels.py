"""Rows on two levels: districts with their communes under them, groups of items inside groups. Both
levels of sums are added up, and each row says its unit of measure."""

from __future__ import annotations

import json
from pathlib import Path

from tests.helpers import fund_forms as forms
from tests.khoxa import khoxa

GROUPS = (
    forms.HEAD.format(name="two_levels", title="vốn hai cấp nhóm", filer="commune")
    + """
    rows: items
    key_column: project
    total_labels: ["Tổng cộng"]
    columns:
      ordinal: {is: ordinal, header: ["STT"], optional: true}
      project: {is: item, header: ["Dự án"]}
      measure: {is: measure, header: ["ĐVT"], optional: true}
      plan: {is: figure, header: ["Kế hoạch"], unit: million_vnd, fact: fund, source: NSTW,
             stage: plan, total: sum}
    groups:
      I: {labels: ["Phần I"], items: [DA3-TDA1, DA3-TDA2, DA4-TDA1]}
      A: {labels: ["Dự án 3"], items: [DA3-TDA1, DA3-TDA2]}
      B: {labels: ["Dự án 4"], items: [DA4-TDA1]}
    items:
      DA3-TDA1: {labels: ["Sản xuất nông nghiệp"]}
      DA3-TDA2: {labels: ["Cải thiện dinh dưỡng"]}
      DA4-TDA1: {labels: ["Đào tạo nghề"]}
"""
)
DISTRICTS = """
form: districts
version: "2025"
title: {vi: "Số hộ từng huyện, xã", en: "Households by district and commune"}
filer: province
measure: actual
valid: {from: 2022, to: 2030}
titles: ["số hộ từng huyện xã.*năm {year}"]
periods: {Y: []}
tables:
  units:
    title: "Số hộ"
    rows: units
    key_column: unit
    unit_level: commune
    total_labels: ["Tổng cộng"]
    columns:
      unit: {is: unit, header: ["Đơn vị"]}
      households: {is: figure, header: ["Số hộ"], unit: household, fact: indicator,
                   indicator: households, total: sum}
"""
COMMUNE = "Xã Văn Lang, huyện Na Rì, tỉnh Bắc Kạn"


def found(folder: Path, form: str, title: str, filer: str, *rows: tuple[object, ...]) -> list[str]:
    book = forms.book(folder / "b.xlsx", title, filer, *rows)
    done = khoxa("check", book, "--json", **forms.local(folder, own=form))
    (got,) = json.loads(done.stdout)
    return [f"{f['rule']} {f['cell']}" for f in got["findings"] if f["severity"] == "fail"]


def of_groups(folder: Path, part: int, project: int, unit: str) -> list[str]:
    return found(
        folder, GROUPS, "vốn hai cấp nhóm", COMMUNE, ("STT", "Dự án", "ĐVT", "Kế hoạch"),
        ("I", "Phần I", "triệu đồng", part), ("1", "Dự án 3", "triệu đồng", project),
        ("", "Sản xuất nông nghiệp", unit, 10), ("", "Cải thiện dinh dưỡng", "triệu đồng", 20),
        ("2", "Dự án 4", "triệu đồng", 30), ("", "Đào tạo nghề", "triệu đồng", 30),
        ("", "Tổng cộng", "", 60),
    )  # fmt: skip


def test_groups_inside_groups(tmp_path: Path) -> None:
    assert of_groups(tmp_path, 60, 30, "triệu đồng") == []
    assert of_groups(tmp_path, 61, 31, "triệu đồng") == ["total-row D4", "total-row D5"]


def test_a_row_in_another_unit_is_converted_or_refused(tmp_path: Path) -> None:
    # 10 billion are 10 000 million: none of the sums holds
    assert of_groups(tmp_path, 60, 30, "tỷ đồng") == [
        "total-row D4", "total-row D5", "total-row D10",
    ]  # fmt: skip
    assert of_groups(tmp_path, 60, 30, "hộ") == ["measure-differs C6"]


def of_districts(folder: Path, na_ri: int) -> list[str]:
    return found(
        folder, DISTRICTS, "số hộ từng huyện xã", "Tỉnh Bắc Kạn", ("Đơn vị", "Số hộ"),
        ("Huyện Na Rì", na_ri), ("Xã Văn Lang", 10), ("Xã Kim Hỷ", 20),
        ("Huyện Chợ Đồn", 7), ("Xã Bản Thi", 7), ("Tổng cộng", 37),
    )  # fmt: skip


def test_districts_with_their_communes(tmp_path: Path) -> None:
    assert of_districts(tmp_path, 30) == []
    assert of_districts(tmp_path, 31) == ["total-row B4"]
