"""What people type amiss in a form, each in a file of its own in one folder: every one is told by
file and line, in words that say what to do, and none stops another."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.khoxa import khoxa

FORM = """\
form: CODE
version: "2025"
title: {vi: "Biểu CODE", en: "Form CODE"}
filer: district
valid: {from: 2025, to: 2030}
titles: ["biểu thử CODE năm {year}"]
periods: {Y: []}
heading: {Y: "Biểu thử CODE năm {year}"}
tables:
  first:
    title: "Bảng"
    rows: units
    unit_level: commune
    key_column: unit
    total_labels: ["Tổng cộng"]
    columns:
      unit: {is: unit, header: ["Xã"]}
      poor: {is: figure, header: ["Hộ nghèo"], unit: household, fact: indicator,
             indicator: poor_households, measure: actual}
      cut: {is: figure, header: ["Hộ thoát nghèo"], unit: household, fact: indicator,
            indicator: poor_households_reduction, measure: actual}
"""
# what stands in the form, what is typed instead, the line that is told and words of it
SLIPS: dict[str, tuple[str, str, int, str]] = {
    "tab": ("  first:", "\tfirst:", 10, "không bằng tab"),
    "tab_behind": ('    title: "Bảng"', '    title: "Bảng"\n\t\trows: units', 12, "tab"),
    "no_colon": ("    rows: units", "    rows units", 12, "thiếu dấu hai chấm"),
    "colon_inside": ('title: "Bảng"', "title: Bảng: một", 11, "dấu nháy kép"),
    "unclosed": ('title: "Bảng"', 'title: "Bảng', 15, "dấu nháy kép ở dòng 11"),
    "no_comma": ('{is: unit, header: ["Xã"]}', '{is: unit header: ["Xã"]}', 17, "dấu phẩy"),
    "outdent": ("    rows: units", "   rows: units", 12, "không thẳng"),
    "percent": ('title: "Bảng"', "title: % hộ nghèo", 11, "nháy kép"),
    "curly": ('header: ["Xã"]', "header: [“Xã, phường”]", 17, "nháy cong"),
    "twice": ("    rows: units", "    rows: units\n    rows: items", 13, "đã có ở dòng 12"),
    "two_in_one": ("tables:", "---\ntables:", 9, "mỗi tệp một biểu"),
    "bell": ('title: "Bảng"', 'title: "B\x07ảng"', 11, "điều khiển"),
    "deep": ('title: "Bảng"', "title: " + "[" * 900 + "]" * 900, 11, "quá sâu"),
    "cyrillic": ("    rows: units", "    rоws: units", 12, "CYRILLIC SMALL LETTER O"),
    "a_yes": ('header: ["Xã"]', "header: [yes]", 17, "dấu nháy kép"),
    "a_number": ('version: "2025"', "version: 2025", 2, "dấu nháy kép"),
    "no_list": ('["biểu thử CODE năm {year}"]', '"biểu thử năm {year}"', 6, "danh sách"),
    "no_entries": ('title: {vi: "Biểu CODE", en: "Form CODE"}', "title: Biểu", 3, "các mục"),
    "a_word": ("filer: district", "filer: huyện", 4, "có: commune, district, province"),
    "no_measure": ("measure: actual}\n      cut", "measure: thực hiện}\n      cut", 19, "actual"),
    "unit_word": ("unit: household", "unit: hộ", 18, "mã “household”"),
    "years": ("to: 2030", "to: 99999999999", 5, "2200"),
    "place": ('["biểu thử CODE năm {year}"]', '["biểu thử năm {nam}"]', 6, "{year}"),
    "any_title": ('titles: ["biểu thử CODE năm {year}"]', 'titles: [".*năm {year}"]', 6, "hai chữ"),
    "no_title": ('titles: ["biểu thử CODE năm {year}"]', 'titles: [""]', 6, "chữ trống"),
    "no_words": ('header: ["Xã"]', 'header: [""]', 17, "chữ trống"),
    "heading": ("heading: {Y:", "heading: {H1:", 8, "kỳ của biểu"),
    "periods": ("{Y: []}", '{H1: ["6 tháng"], H2: ["6 tháng cuối năm"], Y: []}', 7,
                "“6 tháng” của H1 nằm trong “6 tháng cuối năm” của H2"),
    "spaces": ("form: spaces", "form: nông thôn", 1, "chữ cái không dấu"),
    "outside": ("form: outside", "form: ../x", 1, "chữ cái không dấu"),
    "column": ("      cut:", '      "thoát nghèo":', 20, "chữ cái không dấu"),
    "same": ("poor_households_reduction", "poor_households", 21, "“poor”"),
    "tolerance": ('["Hộ thoát nghèo"], unit: household,', '["Hộ thoát nghèo"], unit: pct, '
                  "ratio: {numerator: poor, denominator: poor, tolerance: -1},", 20, "từ 0"),
    "shipped": ("form: shipped", "form: deprivations", 5, "đã có trong forms/deprivations.yaml"),
    "its_title": ("biểu thử CODE năm {year}\"]", 'biểu thử twice năm {year}", "mục tiêu phấn đấu '
                  'giảm tỷ lệ hộ nghèo năm {year}"]', 6, "forms/target_register.yaml"),
}  # fmt: skip
WHOLE: dict[str, tuple[bytes, str]] = {
    "empty.yaml": (b"", "không phải một biểu"), "list.yaml": (b"- a\n- b\n", "không phải một biểu"),
    "utf16.yaml": (FORM.encode("utf-16"), "UTF-8"), "old.yaml": (b"form: a\xf0\n", "UTF-8"),
    "ban sao (1).yaml": (FORM.encode(), "tên tệp là mã"),
    "notepad.yaml.txt": (FORM.encode(), "đuôi .yaml"), "short.yml": (FORM.encode(), "đuôi .yaml"),
    "inside/x.yaml": (FORM.encode(), ""),
}  # fmt: skip
FINE = {
    "bom": "\ufeff" + FORM, "crlf": FORM.replace("\n", "\r\n"),
    # no word of a quarter is another's, and what December counts since 1 January is the year's
    "quarters": FORM.replace("periods: {Y: []}", 'figures: of_period\nperiods: {Q1: ["quý i"], '
                             'Q2: ["quý ii"], M12: ["tháng 12 năm"], Y: ["năm"]}'),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `khoxa forms lint` says of a folder with all of them."""
    folder = tmp_path_factory.mktemp("slips") / "local" / "forms"
    folder.mkdir(parents=True)
    for name, (old, new, _line, _words) in SLIPS.items():
        text = FORM.replace("CODE", name)
        old, new = old.replace("CODE", name), new.replace("CODE", name)
        assert text.count(old) == 1 or name in ("unit_word",), (name, old)
        (folder / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    for name, (data, _words) in WHOLE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    for name, text in FINE.items():
        path = folder / f"{name}.yaml"
        path.write_text(text.replace("CODE", name), encoding="utf-8", newline="")
    (folder / "gone.yaml").symlink_to("nowhere.yaml")
    (folder / "round.yaml").symlink_to("round.yaml")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "._hidden.yaml").write_bytes(b"\0\1")
    (folder / ".x.yaml.swp").write_bytes(b"\0\1")
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(folder.parent))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and not done.stderr
    return done.stdout


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_by_its_line(name: str, said: str) -> None:
    _old, _new, line, words = SLIPS[name]
    own = [text for text in said.split("\n") if text.startswith(f"local/forms/{name}.yaml:")]
    told = [text for text in own if text.startswith(f"local/forms/{name}.yaml:{line}:")]
    assert any(words in text for text in told), own
    assert all(" / " in text for text in own), own


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_no_form_is_told(name: str, said: str) -> None:
    name, words = ("inside", "thư mục con") if "/" in name else (name, WHOLE[name][1])
    assert re.search(rf"(?m)^local/forms/{re.escape(name)}:\d+: .*{re.escape(words)}", said), said


@pytest.mark.parametrize("name", ["gone", "round", "folder", "pipe"])
def test_what_cannot_be_read_stops_nothing_else(name: str, said: str) -> None:
    assert re.search(rf"(?m)^local/forms/{name}.yaml:1: (?:không mở được|không phải là tệp)", said)


@pytest.mark.parametrize("name", [*FINE, "._hidden", ".x"])
def test_what_is_in_order_is_not_told(name: str, said: str) -> None:
    assert f"forms/{name}.yaml" not in said


def test_a_form_beside_them_reads(tmp_path: Path) -> None:
    folder = tmp_path / "local" / "forms"
    folder.mkdir(parents=True)
    (folder / "good.yaml").write_text(FORM.replace("CODE", "good"), encoding="utf-8")
    (folder / "bad.yaml").mkdir()
    done = khoxa("forms", KHOXA_LOCAL=str(tmp_path / "local"))
    assert done.returncode == 0 and re.search(r"(?m)^good ", done.stdout)
    assert "local/forms/bad.yaml:1:" in done.stderr
