"""Who is responsible and what is to be reported, as people write it: what is taken, what is
refused, and that every quotation of the facts stands in its plan."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy

import pytest

from etl.catalogue.codes import code_of
from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.slots import slots
from etl.ground.config import ROOT, SEEDS_DIR
from etl.ground.records import ReceivedFile, Severity, Workbook
from etl.night.beside import judged
from etl.normalise import normalise
from etl.read import read

SAMPLES = ROOT / "samples"
FILE = "lap_vo_phan_cong_va_bao_cao_2024.xlsx"
Rows = list[list[object]]
Change = Callable[[Rows], None]
WORKS, REPORTS = 0, 1  # the two sheets


def facts(name: str) -> list[dict[str, str]]:
    with (SAMPLES / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def book(change: Change | None = None, sheet: int = WORKS) -> Workbook:
    """The sample of Lấp Vò with `change` applied to the rows of a sheet."""
    path = SAMPLES / "inbox" / FILE
    sheets = deepcopy(read(ReceivedFile(1, FILE, str(path))).sheets)
    if change:
        change(sheets[sheet].rows)
    return Workbook(ReceivedFile(1, FILE, ""), sheets)


def said(workbook: Workbook) -> dict[tuple[str, int, str], str]:
    """What the rows of a workbook say: form, row and column, and the code or text."""
    named = {slot.slot_id: slot for slot in slots()}
    return {
        (named[f.slot_id].form, f.row_no, named[f.slot_id].column): unicodedata.normalize(
            "NFC", f.code or ""
        )
        for filing in normalise(workbook)
        for f in filing.figures
        if f.text
    }


def put(header: str, value: object, row: int = 0) -> Change:
    """Write into the cell of a column, `row` rows below the header."""

    def change(rows: Rows) -> None:
        place = next(at for at, line in enumerate(rows) if header in line)
        rows[place + 1 + row][rows[place].index(header)] = value

    return change


def retitled(old: str, new: str) -> Change:
    def change(rows: Rows) -> None:
        for line in rows:
            line[:] = [new if cell == old else cell for cell in line]

    return change


def moved(rows: Rows) -> None:
    """The last column first, below the title block."""
    place = next(at for at, line in enumerate(rows) if "Vai trò" in line)
    for line in rows[place:]:
        line.insert(0, line.pop())


def apart(rows: Rows) -> None:
    """An empty row after the third."""
    place = next(at for at, line in enumerate(rows) if "Vai trò" in line)
    rows.insert(place + 4, [""] * len(rows[place]))


def decomposed(rows: Rows) -> None:
    for line in rows:
        line[:] = [unicodedata.normalize("NFD", c) if isinstance(c, str) else c for c in line]


SAME: dict[str, Change] = {
    "decomposed letters": decomposed,
    "another header": retitled("Nguyên văn", "NGUYÊN VĂN"),
    "a short name": put("Cơ quan, đơn vị", "Phòng LĐTBXH"),
    "the unit's name after it": put(
        "Cơ quan, đơn vị", "Phòng Lao động – Thương binh và Xã hội huyện Lấp Vò"
    ),
    "a role in other words": put("Vai trò", "Cơ quan chủ trì"),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_is_read_however_it_is_written(name: str) -> None:
    assert said(book(SAME[name])) == said(book())


@pytest.mark.parametrize("change", [moved, apart], ids=["columns moved", "an empty row"])
def test_rows_and_columns_may_stand_elsewhere(change: Change) -> None:
    kept = [[key[0], key[2], value] for key, value in said(book(change)).items()]
    assert sorted(kept) == sorted([k[0], k[2], v] for k, v in said(book()).items())


WRONG: dict[str, tuple[int, Change, str]] = {
    "unknown role": (WORKS, put("Vai trò", "giúp việc"), "value-unknown"),
    "unknown project": (WORKS, put("Mã dự án", "DA9"), "value-unknown"),
    "unknown indicator": (WORKS, put("Mã chỉ tiêu", "jobs_create"), "value-unknown"),
    "no role": (WORKS, put("Vai trò", ""), "required-blank"),
    "no words of the plan": (WORKS, put("Nguyên văn", ""), "required-blank"),
    "no header of the role": (WORKS, retitled("Vai trò", "Ghi chú"), "header-missing"),
    "no agency": (WORKS, put("Cơ quan, đơn vị", ""), ""),
    "unknown kind": (REPORTS, put("Loại", "thư mời"), "value-unknown"),
    "unknown frequency": (REPORTS, put("Định kỳ", "lâu lâu"), "value-unknown"),
    "nobody has the duty": (REPORTS, put("Cơ quan, đơn vị", ""), "required-blank"),
    "no words of the duty": (REPORTS, put("Nguyên văn", ""), "required-blank"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_plain_is_refused(name: str) -> None:
    sheet, change, rule = WRONG[name]
    assert rule in failed(book(change, sheet)) or (not rule and failed(book(change, sheet)))


def failed(workbook: Workbook) -> list[str]:
    filings = normalise(workbook)
    found = [finding for filing in filings for finding in filing.findings] + judged(filings)
    rules = load_rules()
    return [f.rule for f in found if rules[f.rule].severity == Severity.FAIL]


def test_the_samples_are_accepted_without_a_word() -> None:
    for path in sorted((SAMPLES / "inbox").glob("*phan_cong_va_bao_cao*.xlsx")):
        filings = normalise(read(ReceivedFile(1, path.name, str(path))))
        assert [f.recognised.form for f in filings if f.recognised] == [
            "responsibilities", "duties",
        ]  # fmt: skip
        assert [*(x for f in filings for x in f.findings), *judged(filings)] == []


def test_an_agency_that_is_not_listed_is_kept_and_said() -> None:
    changed = book(put("Cơ quan, đơn vị", "Hạt Kiểm lâm"))
    (finding,) = normalise(changed)[0].findings
    assert (finding.rule, finding.seen) == ("agency-unlisted", "Hạt Kiểm lâm")
    assert "Hạt Kiểm lâm" in said(changed).values()


NAMES = {
    "Phòng LĐTBXH": "labour_office",
    "Phòng Lao động - Thương binh và Xã hội": "labour_office",
    "Phòng Lao động – Thương binh và Xã hội huyện": "labour_office",
    "PHÒNG LAO ĐỘNG -  THƯƠNG BINH VÀ XÃ HỘI HUYỆN NA RÌ": "labour_office",
    "Sở LĐTBXH tỉnh Đồng Tháp": "labour_department",
    "UBND huyện": "district_committee",
    "UBND tỉnh": "province_committee",
    "Trung tâm Y tế Huyện": "health_centre",
    "UBND các xã, thị trấn": "commune_committees",
    "Phòng Lao động": None,
    "Phòng Y tế": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_one_agency(name: str) -> None:
    assert code_of("agency", name) == NAMES[name]


def test_no_name_is_of_two_agencies() -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    known = {row["agency_code"]: row["name_vi"] for row in rows("agency")}
    assert len(known) == len(rows("agency")) and len(set(known.values())) == len(known)
    for code, name in known.items():
        assert code_of("agency", name) == code
    for row in rows("agency_alias"):
        assert row["agency_code"] in known
        assert code_of("agency", row["alias"]) == row["agency_code"], row["alias"]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


PLANS = {path.name: flat(path.read_text(encoding="utf-8"))
         for path in (SAMPLES / "plans").glob("*.txt")}  # fmt: skip


@pytest.mark.parametrize("name", ["plan_responsibilities", "plan_duties"])
def test_every_quotation_stands_in_its_plan(name: str) -> None:
    rows = facts(name)
    assert {row["seed"] for row in rows} == set(PLANS)
    for row in rows:
        assert row["text_as_printed"] in PLANS[row["seed"]]
        agency = row["agency_as_printed"]
        assert not agency or agency in PLANS[row["seed"]] or row["agency_code"] == "unnamed"
        assert not agency or code_of("agency", agency) == row["agency_code"]


def test_every_deadline_of_the_plans_is_a_duty() -> None:
    """The list of deadlines (facts/plan_deadlines.csv), by plan and words."""
    duties = facts("plan_duties")
    for row in facts("plan_deadlines"):
        mine = [d["text_as_printed"] for d in duties if d["seed"] == row["seed"]]
        words = row["text_as_printed"]
        assert any(words in text or text in words for text in mine), words


def test_a_duty_is_tracked_by_a_form_that_there_is() -> None:
    known = {form.form for form in load_forms().values()}
    assert {row["tracked_by"] for row in facts("plan_duties")} - {""} <= known
