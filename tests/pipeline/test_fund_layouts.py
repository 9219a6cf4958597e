"""Tables of funds of other layouts, from workbook to mart: rows that are sources, rows that name
their project and source, money that was raised. Every amount is added up by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers import fund_forms as forms
from tests.khoxa import khoxa, variables
from tests.night import Night

COMMUNE = "Xã {}, huyện Na Rì, tỉnh Bắc Kạn"


@pytest.fixture(scope="module")
def night(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("funds")
    inbox = folder / "inbox"
    forms.book(inbox / "a.xlsx", "huy động nguồn lực", COMMUNE.format("Kim Hỷ"),
               forms.SOURCES_HEADER,
               ("Ngân sách trung ương", 100, 90, 40.5),
               ("Ngân sách địa phương", 20, 15, 0),
               ("Nhân dân đóng góp", 5, 7.25, 1),
               ("Tổng cộng", 125, 112.25, 41.5))  # fmt: skip
    forms.book(inbox / "b.xlsx", "danh mục vốn từng nguồn", COMMUNE.format("Văn Lang"),
               forms.LISTED_HEADER,
               ("DA1", "Ngân sách trung ương", "", 10, 8),
               ("DA1", "NSDP", "", 3, 2.5),
               ("Toàn chương trình", "Huy động khác", "", 6, 6),
               ("Tổng cộng", "", "", 19, 16.5))  # fmt: skip
    forms.book(inbox / "c.xlsx", "vốn theo dòng dự án", COMMUNE.format("Cư Lễ"),
               ("Dự án", "Nguồn", "Giải ngân"),
               ("Dự án 1", "TW", 4), ("Dự án 1", "ĐP", 1.5), ("Dự án 2", "TW", 2))  # fmt: skip
    forms.book(inbox / "d.xlsx", "kế hoạch vốn đầu tư và sự nghiệp", "Huyện Na Rì, tỉnh Bắc Kạn",
               ("Dự án", *["Ngân sách trung ương"] * 3, "Ngân sách địa phương"),
               ("", "Tổng số", "Đầu tư", "Sự nghiệp", ""),
               ("Dự án 1", 50, 40, 10, 5), ("Dự án 2", 12.5, 0, 12.5, 1.5),
               ("Tổng cộng", 62.5, 40, 22.5, 6.5))  # fmt: skip
    own = {"d": forms.SPLIT, "a": forms.SOURCES, "b": forms.LISTED, "c": forms.BY_ITEM}
    environment = forms.local(folder / "local", **own)
    with make_warehouse() as settings:
        done = khoxa("run", "--inbox", inbox, **variables(settings) | environment)
        assert done.returncode == 0, done.stdout + done.stderr
        yield Night(settings, inbox)


def lines(night: Night, unit: str, *columns: str, mart: str = "fund_use") -> list[tuple]:
    found = night.rows(
        f"select {', '.join(columns)} from mart.{mart} where unit_name = :unit"
        " and level = 'commune' order by 1, 2", unit=unit,
    )  # fmt: skip
    return [tuple(None if v is None else str(v) for v in row) for row in found]


def test_every_filing_is_taken(night: Night) -> None:
    assert night.rows("select state, count(*) from raw.filing group by 1") == [("accepted", 4)]
    # 3 sources x 3 columns, 3 rows x 2 columns, 3 rows, 2 projects x 3 columns
    assert night.rows("select count(*), sum(amount_million_vnd) from dw.fact_fund") == [
        (24, pytest.approx(125 + 112.25 + 41.5 + 19 + 16.5 + 7.5 + 62.5 + 6.5))
    ]


def test_rows_that_are_sources(night: Night) -> None:
    got = lines(night, "Xã Kim Hỷ", "project_code", "source", "plan_million_vnd",
                "mobilised_million_vnd", "disbursed_million_vnd")  # fmt: skip
    assert got == [
        ("DA2", "KHAC", None, None, "1"), ("DA2", "NSDP", None, None, "0"),
        ("DA2", "NSTW", None, None, "40.5"), (None, "KHAC", "5", "7.25", None),
        (None, "NSDP", "20", "15", None), (None, "NSTW", "100", "90", None),
    ]  # fmt: skip


def test_rows_that_name_project_and_source(night: Night) -> None:
    got = lines(night, "Xã Văn Lang", "project_code", "source", "allocated_million_vnd",
                "disbursed_million_vnd")  # fmt: skip
    assert got == [
        ("DA1", "NSDP", "3", "2.5"), ("DA1", "NSTW", "10", "8"), (None, "KHAC", "6", "6"),
    ]  # fmt: skip


def test_an_item_has_a_row_per_source(night: Night) -> None:
    got = lines(night, "Xã Cư Lễ", "project_code", "source", "disbursed_million_vnd")
    assert got == [("DA1", "NSDP", "1.5"), ("DA1", "NSTW", "4"), ("DA2", "NSTW", "2")]


def test_a_plan_split_into_capital_and_recurrent(night: Night) -> None:
    got = night.rows(
        "select project_code, source, nature, plan_million_vnd from mart.fund_use"
        " where level = 'district' and plan_million_vnd > 0 and project_code is not null"
        " order by 1, 2, 3"
    )
    assert [(*line, float(plan)) for *line, plan in got] == [
        ("DA1", "NSDP", None, 5), ("DA1", "NSTW", "capital", 40), ("DA1", "NSTW", "recurrent", 10),
        ("DA2", "NSDP", None, 1.5), ("DA2", "NSTW", "recurrent", 12.5),
    ]  # fmt: skip
    [(cell, nature)] = night.rows(
        "select cell, nature from mart.figure_trace where fact = 'fund' and value = 12.5"
    )
    assert (cell, nature) == ("D6", "recurrent")


def test_money_raised_adds_up(night: Night) -> None:
    [(raised, spent)] = night.rows(
        "select sum(mobilised_million_vnd), sum(disbursed_million_vnd) from mart.fund_total"
        " where level = 'province'"
    )
    # 90 + 15 + 7.25; the whole programme's 6 stands for the year's disbursement where it is stated
    assert raised == pytest.approx(112.25)
    [(on_map,)] = night.rows(
        "select sum(mobilised_million_vnd) from mart.fund_total_on_map"
        " where level = 'province' and unit_map = '2025-07-01'"
    )
    assert on_map == pytest.approx(112.25)
    assert spent is not None
