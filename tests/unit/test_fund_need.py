"""Funds that a plan needs: what a sheet may say, what is refused. Bắc Hà's plan prints 194.127
= 7.450 + 186.677 million VND for 2021-2025."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.catalogue.definitions import load_forms
from etl.catalogue.rules import MISSING
from etl.catalogue.slots import slots
from etl.ground.config import ROOT
from etl.ground.records import ReceivedFile
from etl.night.offline import check_files
from etl.normalise import normalise
from etl.read import read
from tests.helpers.fund_need_cases import CASES, LINE, REST

FILE = "bac_ha_nhu_cau_von_2021_2025.xlsx"
WHOLE = 7


def filed(tmp_path: Path, *rows: dict[str, object], drop: str = "") -> Path:
    """The sample with cells of the first row changed and further rows added."""
    book = load_workbook(ROOT / "samples" / "inbox" / FILE)
    sheet = book.active
    for number, row in enumerate(rows, start=WHOLE):
        for column, value in row.items():
            sheet[f"{column}{number}"] = value
    if drop:
        sheet.delete_cols(ord(drop) - ord("A") + 1)
    path = tmp_path / FILE
    book.save(path)
    return path


def found(path: Path) -> list[tuple[str, str]]:
    (checked,) = check_files([path], None)
    texts = [t for f in checked.findings for t in (f.message_vi, f.message_en, f.expected)]
    assert not [text for text in texts if MISSING in text]  # every placeholder is filled in
    return [(each.rule, each.cell) for each in checked.findings]


def stored(path: Path) -> dict[tuple[str, str], str]:
    """Amounts by project line and source, as the load would take them."""
    (done,) = normalise(read(ReceivedFile(1, path.name, str(path))))
    of = {slot.slot_id: slot for slot in slots()}
    kept = ((of[f.slot_id], f.value) for f in done.figures)
    return {(s.code, s.source): value for s, value in kept if s.kind == "fund" and value}


PRINTED = {(None, "NSNN"): "7450", (None, "TINDUNG"): "186677"}


def test_the_sample_is_as_printed_and_sound() -> None:
    path = ROOT / "samples" / "inbox" / FILE
    assert found(path) == []
    assert stored(path) == PRINTED
    (done,) = normalise(read(ReceivedFile(1, FILE, str(path))))
    said = done.recognised
    assert said is not None
    assert (said.form, said.filer_level, said.filer_code) == ("fund_need", "district", "085")
    assert (said.year, said.last_year, said.period) == (2021, 2025, "Y")


def test_a_total_row_is_the_whole_programme(tmp_path: Path) -> None:
    path = filed(tmp_path, {"A": "TỔNG CỘNG", "B": None})
    assert found(path) == [] and stored(path) == PRINTED


def test_a_source_that_no_column_is_for_may_be_absent(tmp_path: Path) -> None:
    path = filed(tmp_path, {}, drop="E")
    assert found(path) == [] and stored(path) == PRINTED


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_what_does_not_add_up(tmp_path: Path, rows: tuple[dict, ...], expected: list) -> None:
    assert sorted(found(filed(tmp_path, *rows))) == sorted(expected)


def test_whole_and_lines_are_both_kept(tmp_path: Path) -> None:
    kept = stored(filed(tmp_path, {}, LINE, REST))
    assert kept == PRINTED | {
        ("DA2", "NSTW"): "6000", ("DA2", "NSDP"): "1000", ("DA5", "TINDUNG"): "187127"
    }  # fmt: skip


def test_only_a_need_is_stated_for_the_whole_programme() -> None:
    """Plan and execution come by project line: districts that state the whole beside others that
    state lines could not be added up to their province."""
    wholes = {s.stage for s in slots() if s.kind == "fund" and s.code is None}
    assert wholes == {"need"}
    assert load_forms()["fund_need", "2021"].span


def test_a_header_in_two_rows_without_merges_is_never_half_read(tmp_path: Path) -> None:
    """In CSV nothing says that the first row goes on: the sources are read, or it is refused."""
    path = tmp_path / "nhu_cau.csv"
    path.write_text(
        "NHU CẦU KINH PHÍ THỰC HIỆN KẾ HOẠCH GIẢM NGHÈO GIAI ĐOẠN 2021-2025\n"
        "Huyện Bắc Hà, tỉnh Lào Cai\nĐơn vị tính: triệu đồng\n"
        "TT;Nội dung;Tổng nhu cầu;Nguồn vốn;\n;;;Vốn ngân sách;Vốn tín dụng\n"
        "1;Toàn chương trình;194.127;7.450;186.677\n",
        encoding="utf-8-sig",
    )
    rules = {rule for rule, _cell in found(path)}
    assert "parts-sum" in rules or stored(path) == PRINTED
