"""Funds of nine months, month by month, in `khoxa status`, on the page and in the annex: the latest
month and quarter, half a year and nine months; what is capital, what recurrent, what was raised.

Kim Hỷ disburses 1, 2, … 9 of capital and 0.5 of recurrent funds each month, and raises 2; Văn Lang
disburses 10 each month and does not say of what nature. Every sum below is added up by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.catalogue.indicators import sources
from etl.cli.report_text import in_words
from etl.ground import database
from etl.ground.config import Settings
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
def settings(make_warehouse) -> Iterator[Settings]:
    with make_warehouse() as made:
        yield made


@pytest.fixture(scope="module")
def province(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment, after a night on the eighteen reports."""
    folder = tmp_path_factory.mktemp("months")
    inbox = folder / "inbox"
    for month in range(1, 10):
        title = f"giải ngân hằng tháng tháng {month}"
        forms.book(inbox / f"kim_hy_{month}.xlsx", title, COMMUNE.format("Kim Hỷ"), HEADER,
                   ("DA1", "NSTW", "Đầu tư", month, ""), ("DA1", "NSTW", "Sự nghiệp", 0.5, ""),
                   ("DA2", "KHAC", "", "", 2))  # fmt: skip
        forms.book(inbox / f"van_lang_{month}.xlsx", title, COMMUNE.format("Văn Lang"), HEADER,
                   ("DA1", "NSTW", "", 10, ""))  # fmt: skip
    environment = variables(settings) | forms.local(folder / "local", months=MONTHLY)
    done = khoxa("run", "--inbox", inbox, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    states = "select state, count(*) from raw.filing group by 1"
    assert Night(settings, inbox).rows(states) == [("accepted", 18)], done.stdout
    return environment


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


def test_the_annex_leads_to_the_cells_of_each_nature(report: Path) -> None:
    book = load_workbook(report / "kinh_phi_066_2024.xlsx")
    rows = [row for row in book["Nguồn số liệu"].iter_rows(values_only=True) if row[2]]
    for words, amounts, cell in (("vốn đầu tư", CAPITAL, "D4"), ("vốn sự nghiệp", RECURRENT, "D5")):
        found = [row for row in rows if f"Ngân sách trung ương, {words}, Giải ngân" in row[2]]
        assert [(row[0], row[3]) for row in found] == [("1", amount) for amount in amounts]
        # September's is filed; the others are added up of months
        assert found[1][4:9] == (amounts[1], None, 1, "kim_hy_9.xlsx", f"Biểu!{cell}")


@pytest.fixture(scope="module")
def page(report: Path) -> Tag:
    return read((report / "trang_066_2024.html").read_text(encoding="utf-8"))


def test_the_page_has_them_too(page: Tag) -> None:
    rows = table(page, "Kinh phí, năm 2024")
    assert [row[0].split(":")[0] for row in rows] == [
        "Dự án 1", "trong đó", "trong đó", "Dự án 2",
        "Cộng theo nguồn", "Cộng theo nguồn", "Tổng cộng",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:3]] == ["trong đó: vốn đầu tư", "trong đó: vốn sự nghiệp"]
    assert rows[0][0].startswith("Dự án 1: ") and rows[3][0].startswith("Dự án 2: ")
    tables = [t for t in page.all("table") if "Kinh phí" in t.all("caption")[0].text]
    [head] = tables[0].all("thead")
    for words in ("6 tháng", "Tháng 9", "Quý III", "9 tháng", "Huy động"):
        assert words in head.vietnamese
    assert rows[-1][3::5] == ["84,00", "19,50", "55,50", "139,50"]
    assert rows[-1][5::5] == ["12,00", "2,00", "6,00", "18,00"]


def test_status_has_the_latest_beside_the_half_year(
    settings: Settings, province: dict[str, str]
) -> None:
    with database.asking(settings) as connection:
        result = database.ask(connection, "status/funds", sources=[*sources()])
        columns = list(result.keys())
        rows = [dict(zip(columns, in_words(columns, tuple(row)), strict=True)) for row in result]
    asked = ("trong đó", "giải ngân", "huy động", "kỳ khác", "giải ngân  ", "huy động  ")
    funds = [(row["dự án"], *(row[name] for name in asked)) for row in rows]
    # disbursed and raised by June; then the nine months: of the periods that end with September
    # the one that begins first
    assert funds == [
        ("Dự án 1", None, 84, None, "9 tháng", Decimal("139.5"), None),
        ("Dự án 1", "vốn đầu tư", 21, None, "9 tháng", 45, None),
        ("Dự án 1", "vốn sự nghiệp", 3, None, "9 tháng", Decimal("4.5"), None),
        ("Dự án 2", None, None, 12, "9 tháng", None, 18),
        ("Cộng", None, 84, None, "9 tháng", Decimal("139.5"), None),
        ("Cộng", None, None, 12, "9 tháng", None, 18),
        ("Cộng", None, 84, 12, "9 tháng", Decimal("139.5"), 18),
    ]
    # of the whole year nothing, for three months are missing: all that is left out is blank
    blank = {"giao, 6 tháng", "giao, cả năm", "giải ngân ", "huy động ", "giao", "kế hoạch"}
    assert {row[name] for row in rows for name in blank} == {None}
    said = khoxa("status", "--figures", **province).stdout
    assert "9 tháng" in said and "139,5" in said
