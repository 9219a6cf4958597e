"""What a form must say of its funds, and rows that say it in words: no amount without its line, and
none twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import fund_forms as forms
from tests.khoxa import khoxa

FILER = "Xã Kim Hỷ, huyện Na Rì, tỉnh Bắc Kạn"


def lint(folder: Path, text: str) -> str:
    done = khoxa("forms", "lint", **forms.local(folder, own=text))
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("form", "before", "after", "said"),
    [
        (forms.SOURCES, "source: KHAC", "source: KHÁC", "no source “KHÁC”"),
        (forms.SOURCES, ", source: KHAC", "", "“source” is missing"),
        (forms.SOURCES, "source: KHAC", "source: NSDP", "another cell holds this amount"),
        (forms.SOURCES, "project: DA2", "project: DA22", "no project “DA22”"),
        (forms.SOURCES, "project: DA2", "project: DA2, source: NSTW", "the rows say it"),
        (forms.SOURCES, "stage: mobilised, ", "", "“stage” is missing"),
        (forms.SOURCES, "stage: mobilised", "stage: mobilized", "nearest: “mobilised”"),
        (forms.LISTED, "codes: source, ", "", "“codes: source” is missing"),
        (forms.LISTED, "says: source, required: true", "says: source", "must be required"),
        (forms.LISTED, "says: project, ", "", "“project” is missing"),
        (forms.LISTED, "capital: [", "capitall: [", "nearest: “capital”"),
        (forms.LISTED, "stage: disbursed,", "stage: disbursed, nature: capital,", "says it"),
        (forms.SPLIT, "nature: recurrent, ", "", "both split and not split"),
        (forms.SPLIT, "nature: recurrent", "nature: recurent", "nearest: “recurrent”"),
        (
            forms.SPLIT,
            "parts: [capital, recurrent]",
            "fact: fund, source: NSTW, stage: plan",
            "both split and not split",
        ),
        (forms.BY_ITEM, "NSDP: [", "NSDPP: [", "nearest: “NSDP”"),
        (forms.BY_ITEM, "says: source, required: true,", "", "“source” is missing"),
        (forms.BY_ITEM, "DA2: {", "DA22: {", "no project “DA22”"),
    ],
)
def test_a_fault_of_funds_is_said(
    tmp_path: Path, form: str, before: str, after: str, said: str
) -> None:
    assert before in form
    assert said in lint(tmp_path, form.replace(before, after))


@pytest.mark.parametrize("form", [forms.SOURCES, forms.LISTED, forms.BY_ITEM, forms.SPLIT])
def test_the_forms_are_in_order(tmp_path: Path, form: str) -> None:
    assert "in order" in lint(tmp_path, form)


def found(folder: Path, *rows: tuple[object, ...]) -> list[tuple[str, str]]:
    book = forms.book(folder / "b.xlsx", "danh mục vốn từng nguồn", FILER, forms.LISTED_HEADER,
                      *rows)  # fmt: skip
    done = khoxa("check", book, "--json", **forms.local(folder, own=forms.LISTED))
    (got,) = json.loads(done.stdout)
    return [(f["rule"], f["cell"]) for f in got["findings"] if f["severity"] == "fail"]


def test_a_line_stands_once(tmp_path: Path) -> None:
    assert found(
        tmp_path,
        ("DA1", "Ngân sách trung ương", "Đầu tư", 10, 8),
        ("DA1", "NSTW", "Sự nghiệp", 3, 2.5),
        ("DA1", "NSTW", "Đầu tư", 6, 6),  # as in A4
        ("DA1", "NSDP", "", 6, 6),
        ("DA1", "NSDP", "Đầu tư", 6, 6),  # both split and whole
        ("DA2", "NSDP", "Đầu tư", 6, 6),
        ("DA2", "NSDP", "", 6, 6),  # likewise
    ) == [("item-repeated", "A6"), ("item-repeated", "A8"), ("item-repeated", "A10")]


def test_each_row_says_its_line(tmp_path: Path) -> None:
    said = found(tmp_path, ("DA1", "", "", 6, 6), ("DA2", "LẠ", "", 1, 1), ("", "NSTW", "", 1, 1))
    assert sorted(said) == [
        ("required-blank", "B4"), ("row-unnamed", "D6"), ("value-unknown", "B5"),
    ]  # fmt: skip


def test_a_total_of_statements_is_added_up(tmp_path: Path) -> None:
    rows = [("DA1", "NSTW", "", 10, 8), ("DA2", "Ngân sách địa phương", "", 3, 2.5)]
    assert found(tmp_path, *rows, ("Tổng cộng", "", "", 13, 10.5)) == []
    assert found(tmp_path, *rows, ("Tổng cộng", "", "", 13, 11)) == [("total-row", "E6")]
