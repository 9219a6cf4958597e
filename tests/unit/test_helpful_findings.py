"""Findings that say what to mend: nearest headers and forms, units, codes, odd characters."""

from __future__ import annotations

import pytest

from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.rules import render
from etl.ground.odd_characters import by_name
from etl.ground.records import Finding, Sheet
from etl.ground.text import key
from etl.normalise import normalise
from etl.normalise.texts.suggestions import told_apart
from etl.units.index import load_units
from tests.helpers.review_cases import judged
from tests.helpers.sheet_edits import FUNDS, REPORT, Change, book, fails, line, only, say, sentence

REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
MISSPELT = say("Kim Hỷ", "Kim Hỉ"), say("KIM HỶ", "KIM HỈ")


def report(*changes: Change) -> list[Finding]:
    """Findings on the report of Xã Kim Hỷ with both its sheets changed so."""
    made = book(REPORT, *changes)
    for change in changes:
        change(made.sheets[1])
    return only(made).findings


def params(finding: Finding) -> dict[str, str]:
    return dict(finding.params)


# Headers


def test_a_known_title_over_unknown_headers_names_each_header() -> None:
    change = [say("Dự án, tiểu dự án", "Nội dung chi"), say("Tổng vốn", "Tổng vốn đầu tư"),
              say("Ngân sách trung ương", "Ngân sách T.Ư"),
              say("Ngân sách địa phương", "Ngân sách tỉnh")]  # fmt: skip
    findings = only(book(FUNDS, *change)).findings
    assert set(fails(findings)) <= {"header-missing", "header-absent"} and len(findings) == 4
    told = {f.cell: (params(f)["nearest"], f.expected) for f in findings
            if f.rule == "header-missing"}  # fmt: skip
    assert told["C5"] == ("Tổng vốn đầu tư", "Tổng vốn")
    assert told["D6"] == ("Ngân sách T.Ư", "Ngân sách trung ương")
    assert "“Tổng vốn đầu tư”" in sentence(next(f for f in findings if f.cell == "C5"))


def test_headers_in_another_unit_are_said_to_be_that() -> None:
    def change(sheet: Sheet) -> None:
        for row in sheet.rows[4:6]:
            row[:] = [f"{c} (nghìn đồng)" if c and c not in ("TT", "Trong đó") else c for c in row]
            row[1] = str(row[1]).replace(" (nghìn đồng)", "")

    findings = only(book(FUNDS, change)).findings
    assert [(f.rule, f.cell) for f in findings] == [
        ("measure-stated", "C5"), ("measure-stated", "D6"), ("measure-stated", "E6"),
    ]  # fmt: skip


def test_the_second_sheets_headers_are_named_too() -> None:
    made = book(REPORT)
    for row in made.sheets[1].rows[:12]:
        row[:] = [str(c).replace("Ngân sách", "Vốn NS").replace("Kinh phí", "Tiền")
                  .replace("Dự án, tiểu dự án", "Nội dung") if type(c) is str else c
                  for c in row]  # fmt: skip
    rules = fails(only(made).findings)
    assert "header-missing" in rules and "form-unknown" not in rules


# Titles


def test_an_unknown_title_names_the_nearest_forms_and_how_it_should_read() -> None:
    made = book(REGISTER, say("MỤC TIÊU PHẤN ĐẤU GIẢM", "DANH SÁCH GIẢM"))
    (finding,) = only(made).findings
    said = params(finding)
    assert (finding.rule, finding.cell) == ("form-unknown", "A5")
    assert said["title"] == "DANH SÁCH GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025"
    register = load_forms()["target_register", "2022"]
    assert register.title.vi in said["by_title_vi"] and register.title.vi in said["by_header_vi"]
    assert said["wanted"] == "Mục tiêu phấn đấu giảm tỷ lệ hộ nghèo năm 2025"
    assert said["title"] in sentence(finding) and register.title.vi in sentence(finding)


def test_a_workbook_of_other_things_is_told_so() -> None:
    made = book(REGISTER)
    made.sheets[0].rows[:] = [["Sổ văn bản đến", "", ""], ["Số", "Ngày", "Trích yếu"]]
    (finding,) = only(made).findings
    assert finding.rule == "form-unknown" and params(finding)["by_title_vi"] == "không có"
    assert render(finding, load_rules()["form-unknown"], strict=True)


# Who files


def test_a_misspelt_commune_is_looked_for_in_its_district_first() -> None:
    (finding,) = report(*MISSPELT)
    assert finding.rule == "filer-unknown"
    assert params(finding)["suggestions"].split("; ")[0] == "Xã Kim Hỷ"
    elsewhere = report(say("huyện Na Rì", "huyện Bạch Thông"))
    assert "Xã Kim Hỷ (Huyện Na Rì, Tỉnh Bắc Kạn)" in params(elsewhere[0])["suggestions"]


def test_a_misspelt_district_is_named_itself() -> None:
    (finding,) = report(say("huyện Na Rì", "huyện Na Rỳ"))
    assert (finding.rule, finding.seen) == ("filer-unknown", "huyện Na Rỳ")
    assert params(finding)["suggestions"] == "Huyện Na Rì"


def test_all_else_of_a_misspelt_filers_form_is_checked() -> None:
    made = book(REPORT, *MISSPELT, say("Hộ nghèo hiện có", "Hộ nghèo cũ"))
    for change in MISSPELT:
        change(made.sheets[1])
    done = only(made)
    assert {"filer-unknown", "item-unknown"} <= set(fails(done.findings))
    assert done.recognised is None and done.figures == []


@pytest.mark.parametrize("text", ["Mã đơn vị: 02146", "Mã xã 02146", "(Mã số đơn vị: 02146)"])
def test_with_a_code_a_misspelt_filer_is_certain_and_the_rules_are_run(text: str) -> None:
    made = book(REPORT, *MISSPELT, line(text, "STT"))
    for change in MISSPELT:
        change(made.sheets[1])
    done = only(made)
    assert fails(done.findings) == ["filer-unknown"]
    assert done.recognised is not None and done.recognised.filer_code == "02146" and done.figures
    assert judged([done]) is not None


def test_a_code_of_another_unit_is_refused_with_both() -> None:
    made = book(REPORT, line("Mã đơn vị: 02173", "STT"))  # Xã Côn Minh
    findings = only(made).findings
    assert fails(findings) == ["filer-code-differs"]
    assert "Xã Côn Minh" in sentence(findings[-1]) and "Xã Kim Hỷ" in sentence(findings[-1])
    right = ["Mã đơn vị: 02146", "Mã huyện: 066", "Mã tỉnh: 06", "Mã QHNS: 1045678", "Mã xã: 99999"]
    for text in right:
        assert fails(only(book(REPORT, line(text, "STT"))).findings) == [], text


def about(**changed: str) -> Sheet:
    said = {"form": "commune_report", "version": "2022", "unit_code": "02146",
            "unit_name": "Xã Kim Hỷ", "year": "2025", "last_year": "2025", "period": "H1",
            "units_on": "2025-06-30"} | changed  # fmt: skip
    return Sheet("khoxa", False, [[name, text] for name, text in said.items()], [])


def test_the_hidden_sheet_of_a_blank_form_must_say_what_the_title_says() -> None:
    def findings(**changed: str) -> list[Finding]:
        made = book(REPORT)
        made.sheets.append(about(**changed))
        return only(made).findings

    assert findings() == []
    for changed in ({"unit_code": "02173", "unit_name": "Xã Côn Minh"}, {"period": "Y"},
                    {"year": "2024", "last_year": "2024"}):  # fmt: skip
        (finding,) = findings(**changed)
        assert finding.rule == "blank-differs" and sentence(finding)
    assert findings(form="plan_results", unit_code="066", unit_name="Huyện Na Rì") == []


def test_the_hidden_sheet_says_who_a_misspelt_filer_is() -> None:
    made = book(REPORT, *MISSPELT)
    for change in MISSPELT:
        change(made.sheets[1])
    made.sheets.append(about())
    done = only(made)
    assert fails(done.findings) == ["filer-unknown"]
    assert done.recognised is not None and done.recognised.filer_code == "02146"


def test_units_of_one_name_are_told_apart() -> None:
    units = load_units()
    both = [u for u in units.units if u.full_name == "Xã Tân Thành" and u.code in ("25207", "25318")
            and u.district_code]  # fmt: skip
    named = told_apart(units.history, list({u.code: u for u in both}.values()))
    assert "Huyện Bù Đốp" in named and "Thành phố Đồng Xoài" in named


# Characters


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ðơn vị", "Đơn vị"), ("ÐƠN VỊ", "đơn vị"), ("ðơn vị", "Đơn vị"), ("Ɖơn vị", "Đơn vị"),
     ("Xã\u200b Kim\u200e Hỷ\u2060", "Xã Kim Hỷ"), ("\ufeffXã Kim\xad Hỷ", "xã kim hỷ")],
)  # fmt: skip
def test_what_looks_the_same_has_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("other", ["Xã Кim Hỷ", "Xã \u202eKim Hỷ", "Xã Κim Hỷ"])
def test_other_letters_and_overrides_of_direction_are_not_read_as_the_name(other: str) -> None:
    assert key(other) != key("Xã Kim Hỷ")


def test_characters_are_named() -> None:
    assert by_name("Xã Кim Hỷ", "vi") == "Xã К[chữ Kirin К, U+041A]im Hỷ"
    assert by_name("413\u200e", "vi") == "413[ký tự không nhìn thấy U+200E]"
    assert by_name("\u202e413", "en") == "[invisible character U+202E]413"
    assert by_name("Ðơn vị", "vi") == "Ð[không phải chữ Đ, U+00D0]ơn vị"
    plain = "Xã Liêm Thuỷ – 1\u00a0337 “tr.đ” 8¹ ≥ 3,5 %"
    assert by_name(plain, "vi") == plain
    assert by_name("Привет", "vi").count("U+") == 3


def test_a_finding_never_shows_two_texts_that_look_the_same() -> None:
    made = book(REGISTER, say("Xã Kim Hỷ", "Xã Кim Hỷ"))
    finding = next(f for f in only(made).findings if f.rule == "unit-unknown")
    rendered = render(finding, load_rules()["unit-unknown"])
    assert "chữ Kirin К, U+041A" in rendered.message_vi and "Xã Kim Hỷ" in rendered.message_vi
    assert "U+041A" in rendered.seen and "Cyrillic" in rendered.message_en


def test_text_in_an_old_encoding_is_quoted_as_it_is() -> None:
    raw = Finding(1, "text-legacy-unclear", "Trang", "A1", "Thñ t\xadíng Ð")
    assert "U+" not in render(raw, load_rules()["text-legacy-unclear"]).message_vi


def test_a_workbook_with_another_letter_for_d_is_read() -> None:
    made = book(REGISTER, say("Đ", "Ð"))
    done = normalise(made)[0]
    assert done.findings == [] and done.recognised is not None
