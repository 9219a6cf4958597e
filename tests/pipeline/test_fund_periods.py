"""Funds of nine months, month by month, in `khoxa status`, on the page and in the annex: the latest
month and quarter, half a year and nine months; what is capital, what recurrent, what was raised.

Kim Hỷ disburses 1, 2, … 9 of capital and 0.5 of recurrent funds each month, and raises 2; Văn Lang
disburses 10 each month and does not say of what nature. Every sum below is added up by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.helpers import fund_forms as forms
from tests.html_pages import Tag, read, table
from tests.khoxa import khoxa, variables
from tests.night import Night

MONTHLY = (
    forms.HEAD.format(name="fund_months", title="giải ngân hằng tháng", filer="commune")
    .replace("{Y: []}", "[month]\nfigures: of_period")
    .replace(".*năm", ".*")
    + """
    rows: statements
    key_column: project
    columns:
      project: {is: attribute, header: ["Mã dự án"], codes: project, says: project, required: true}
      source: {is: attribute, header: ["Nguồn vốn"], codes: source, says: source, required: true}
      nature: {is: attribute, header: ["Loại vốn"], says: nature, optional: true,
               values: {capital: ["Đầu tư"], recurrent: ["Sự nghiệp"]}}
      disbursed: {is: figure, header: ["Giải ngân"], unit: million_vnd, fact: fund,
                  stage: disbursed}
      mobilised: {is: figure, header: ["Huy động"], unit: million_vnd, fact: fund,
                  stage: mobilised}
"""
)
HEADER = ("Mã dự án", "Nguồn vốn", "Loại vốn", "Giải ngân", "Huy động")
COMMUNE = "Xã {}, huyện Na Rì, tỉnh Bắc Kạn"
SHOWN = ["6 tháng", "tháng 9", "quý III", "9 tháng"]
# disbursed by 30 June, in September, in the third quarter, by 30 September
CAPITAL, RECURRENT = (21, 9, 24, 45), (3, 0.5, 1.5, 4.5)
UNSPLIT, RAISED = (60, 10, 30, 90), (12, 2, 6, 18)
WHOLE = (84, 19.5, 55.5, 139.5)  # 21 + 3 + 60, 9 + 0.5 + 10, 24 + 1.5 + 30, 45 + 4.5 + 90


@pytest.fixture(scope="module")
def province(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("months")
    inbox = folder / "inbox"
    for month in range(1, 10):
        title = f"giải ngân hằng tháng tháng {month}"
        forms.book(inbox / f"kim_hy_{month}.xlsx", title, COMMUNE.format("Kim Hỷ"), HEADER,
                   ("DA1", "NSTW", "Đầu tư", month, ""), ("DA1", "NSTW", "Sự nghiệp", 0.5, ""),
                   ("DA2", "KHAC", "", "", 2))  # fmt: skip
        forms.book(inbox / f"van_lang_{month}.xlsx", title, COMMUNE.format("Văn Lang"), HEADER,
                   ("DA1", "NSTW", "", 10, ""))  # fmt: skip
    local = forms.local(folder / "local", months=MONTHLY)
    with make_warehouse() as settings:
        environment = variables(settings) | local
        done = khoxa("run", "--inbox", inbox, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        night = Night(settings, inbox)
        states = "select state, count(*) from raw.filing group by 1"
        assert night.rows(states) == [("accepted", 18)], done.stdout
        yield environment


@pytest.fixture(scope="module")
def report(province: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    words = ("report", "--unit", "066", "--year", 2024, "--out", out)
    done = khoxa(*words, **province)
    assert done.returncode == 0, done.stderr
    return out


def test_the_annex_has_them_beside_each_other(report: Path) -> None:
    sheet = load_workbook(report / "kinh_phi_066_2024.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [top] = [n for n, row in enumerate(rows) if row[0] == "TT"]
    groups = [value.split(" / ")[0] for value in rows[top][7:] if value]
    assert groups == SHOWN
    said = ["Được giao", "Giải ngân", "Tỷ lệ giải ngân (%)", "Huy động", "Độ phủ, xã"]
    assert [cell.split("\n")[0] for cell in rows[top + 1][7:]] == said * 4
    body = {
        (row[0] or "", row[1].split(" / ")[0], (row[3] or "").split(" / ")[0]): row
        for row in rows[top + 2 :]
        if row[1]
    }
    spent = {key: tuple(row[8::5]) for key, row in body.items()}
    raised = {key: tuple(row[10::5]) for key, row in body.items()}
    central = "Ngân sách trung ương"
    assert {key[:1] + key[2:]: amounts for key, amounts in spent.items() if key[0]} == {
        ("1", central): WHOLE, ("2", "Huy động khác"): (None,) * 4,
    }  # fmt: skip
    assert spent["", "Tổng cộng", ""] == WHOLE and raised["", "Tổng cộng", ""] == RAISED
    assert raised["", "Cộng theo nguồn", "Huy động khác"] == RAISED
    natures = [tuple(row[8::5]) for row in rows[top + 2 :] if row[1] and "trong đó" in row[1]]
    assert natures == [CAPITAL, RECURRENT]


@pytest.fixture(scope="module")
def page(report: Path) -> Tag:
    return read((report / "trang_066_2024.html").read_text(encoding="utf-8"))


def test_the_page_has_them_too(page: Tag) -> None:
    rows = table(page, "Kinh phí, năm 2024")
    assert [row[0].split(":")[0] for row in rows] == [
        rows[0][0], "trong đó", "trong đó", rows[3][0],
        "Cộng theo nguồn", "Cộng theo nguồn", "Tổng cộng",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:3]] == ["trong đó: vốn đầu tư", "trong đó: vốn sự nghiệp"]
    assert rows[0][0].startswith("DA1 ") and rows[3][0].startswith("DA2 ")
    tables = [t for t in page.all("table") if "Kinh phí" in t.all("caption")[0].text]
    [head] = tables[0].all("thead")
    for words in ("6 tháng", "Tháng 9", "Quý III", "9 tháng", "Huy động"):
        assert words in head.vietnamese
    assert rows[-1][3::5] == ["84,00", "19,50", "55,50", "139,50"]
    assert rows[-1][5::5] == ["12,00", "2,00", "6,00", "18,00"]


def test_status_has_the_latest_beside_the_half_year(province: dict[str, str]) -> None:
    said = khoxa("status", **province).stdout
    rows = [re.split(r"\s{2,}", line.strip()) for line in said.splitlines() if "GNBV" in line]
    # line, source, nature; nothing is needed, planned or allocated; disbursed and raised by June;
    # of the whole year nothing, for three months are missing; then the nine months: of the
    # periods that end with September the one that begins first
    assert [(*row[3:6], row[9], row[11], *row[15:]) for row in rows if row[1] == "2024"] == [
        ("DA1", "NSTW", "–", "84,0", "–", "9 tháng", "139,5", "–"),
        ("DA1", "NSTW", "vốn đầu", "21", "–", "9 tháng", "45", "–"),
        ("DA1", "NSTW", "vốn sự", "3,0", "–", "9 tháng", "4,5", "–"),
        ("DA2", "KHAC", "–", "–", "12", "9 tháng", "–", "18"),
        ("Cộng", "KHAC", "–", "–", "12", "9 tháng", "–", "18"),
        ("Cộng", "NSTW", "–", "84,0", "–", "9 tháng", "139,5", "–"),
        ("Cộng", "Cộng", "–", "84,0", "12", "9 tháng", "139,5", "18"),
    ]
    assert {cell for row in rows for cell in (*row[6:9], row[10], *row[12:15])} == {"–"}
