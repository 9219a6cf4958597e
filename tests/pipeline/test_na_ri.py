"""The Na Rì plan, from workbooks to marts. Expectations: the printed plan (samples/facts)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.night import Night

PRINTED = {  # the annex's "Tổng cộng" row
    "households": ("baseline", "10307"),
    "poor_households": ("baseline", "2977"),
    "poverty_rate": ("baseline", "28.88"),
    "poor_households_reduction": ("assigned", "361"),
    "poverty_rate_reduction": ("assigned", "3.50"),
}
CLASSIC_MISTAKES = {Decimal("31.04"), Decimal("3.74"), Decimal("27.29")}


@pytest.fixture(scope="module")
def night(warehouse_with_samples: Night) -> Night:
    return warehouse_with_samples


@pytest.mark.parametrize(
    ("level", "expected", "reported", "districts"),
    [("district", 17, 17, (1, 1)), ("province", 108, 17, (8, 1))],
)
@pytest.mark.parametrize("code", PRINTED)
def test_totals_of_the_register(
    night: Night, level: str, expected: int, reported: int, districts: tuple[int, int], code: str
) -> None:
    measure, printed = PRINTED[code]
    (row,) = night.rows(
        "select value, units_expected, units_reported, districts_expected, districts_reported"
        " from mart.indicator_by_unit where level = :level and indicator_code = :code"
        " and unit_map = 'as_filed'"
        " and measure = :measure and year = 2025 and unit_name in ('Huyện Na Rì', 'Tỉnh Bắc Kạn')",
        level=level, code=code, measure=measure,
    )  # fmt: skip
    assert row == (Decimal(printed), expected, reported, *districts)


@pytest.mark.parametrize("level", ["district", "province"])
def test_end_of_year_rate_is_recomputed_from_counts(night: Night, level: str) -> None:
    (row,) = night.rows(
        "select numerator, denominator, value from mart.indicator_by_unit"
        " where unit_map = 'as_filed' and level = :level and indicator_code = 'poverty_rate'"
        " and measure = 'assigned'",
        level=level,
    )
    assert row == (2977 - 361, 10307, Decimal("25.38"))


def test_no_mean_of_rates_anywhere(night: Night) -> None:
    values = night.rows("select value from mart.indicator_by_unit where level <> 'commune'")
    assert not CLASSIC_MISTAKES & {value for (value,) in values}


def test_every_printed_cell_of_the_seventeen_communes(night: Night) -> None:
    stored = {
        (code, indicator, measure): value
        for code, indicator, measure, value in night.rows(
            "select unit_code, indicator_code, measure, value from mart.indicator_by_unit"
            " where level = 'commune' and measure in ('baseline', 'assigned') and year = 2025"
            " and unit_map = 'as_filed'"
        )
    }
    columns = {
        ("households", "baseline"): "households_start",
        ("poor_households", "baseline"): "poor_households_start",
        ("poverty_rate", "baseline"): "poverty_rate_start_pct",
        ("poor_households_reduction", "assigned"): "target_reduction_households",
        ("poverty_rate_reduction", "assigned"): "target_reduction_pp",
        ("poverty_rate", "assigned"): "target_poverty_rate_end_pct",
    }
    printed = {
        (row["nso_code_pre_2025_07"], *figure): Decimal(row[column])
        for row in night.facts("na_ri_2025_communes")
        if row["tt"]
        for figure, column in columns.items()
    }
    assert len(printed) == 17 * 6
    assert {key: stored[key] for key in printed} == printed


@pytest.mark.parametrize("name", ["Xã Sơn Thành", "Xã Kim Lư", "Xã Văn Minh"])
def test_cells_rounded_alone_are_no_fault(night: Night, name: str) -> None:
    findings = night.rows(
        "select n.rule from ops.finding n join raw.filing f using (filing_id)"
        " where f.original_name = 'na_ri_muc_tieu_giam_ngheo_2025.xlsx'"
    )
    assert findings == []
    assert night.rows("select 1 from mart.figure_trace where unit_name = :n and fact = 'target'"
                      " and is_current", n=name)  # fmt: skip


def test_nine_fund_lines_exact(night: Night) -> None:
    stored = {
        (code, source): value
        for code, source, value in night.rows(
            "select project_code, source, plan_million_vnd from mart.fund_use"
            " where level = 'district' and period = 'Y' and plan_million_vnd is not null"
        )
    }
    printed = {
        (row["code"], row["source"]): Decimal(row["amount_million_vnd"])
        for row in night.facts("plan_funds")
        if row["geography"] == "Huyện Na Rì" and row["source"] != "TOTAL" and row["code"] != "ALL"
    }
    assert len(printed) == 18
    assert stored == printed


def test_fund_totals(night: Night) -> None:
    totals = dict(
        night.rows(
            "select source, sum(plan_million_vnd) from mart.fund_use"
            " where level = 'district' and period = 'Y' group by source"
        )
    )
    assert totals["NSTW"] == Decimal("13321.58")
    assert totals["NSDP"] == Decimal("409.42")
    assert totals["NSTW"] + totals["NSDP"] == Decimal("13731.00")


def test_the_plan_beside_what_was_assigned_and_registered(night: Night) -> None:
    rows = night.rows(
        "select indicator_code, assigned_operator, assigned_value, assigned_sum, plan_sum_verdict,"
        " registered_value, gap, verdict"
        " from mart.target_gap where level = 'district' and unit_map = 'as_filed'"
        " and unit_name = 'Huyện Na Rì' and indicator_code in"
        " ('poor_households_reduction', 'poverty_rate_reduction') order by 1"
    )
    assert rows == [
        ("poor_households_reduction", ">=", 361, 361, "agrees", 347, -14, "short"),
        # 347 / 10307 = 3.37
        (
            "poverty_rate_reduction",
            ">=",
            Decimal("3.5"),
            Decimal("3.50"),
            "agrees",
            Decimal("3.37"),
            Decimal("-0.13"),
            "short",
        ),
    ]


def test_three_faulty_files_are_rejected_and_stop_nobody(night: Night) -> None:
    rejected = dict(
        night.rows(
            "select f.original_name, array_agg(distinct n.rule) from raw.filing f"
            " join ops.finding n using (filing_id) where f.state = 'rejected'"
            " and n.severity = 'fail' group by 1"
        )
    )
    assert set(rejected) == {
        "bao_cao_6_thang_2025_van_lang_lan_2.xlsx",
        "na_ri_muc_tieu_giam_ngheo_2025_ban_sua.xlsx",
        "bao_cao_6_thang_2025_cuong_loi_scan.xlsx",
    }
    assert "total-row" in rejected["na_ri_muc_tieu_giam_ngheo_2025_ban_sua.xlsx"]
    assert rejected["bao_cao_6_thang_2025_cuong_loi_scan.xlsx"] == ["file-pdf"]
    (accepted,) = night.rows("select count(*) from raw.filing where state = 'accepted'")
    # two of each plan in words: who is responsible, what is to be reported
    assert accepted == (51 - 1 + 17 + 2 * 5,)


def test_every_fact_can_be_traced_to_its_cell(night: Night) -> None:
    (row,) = night.rows(
        "select value, text_as_filed, file, sheet, cell from mart.figure_trace"
        " where unit_name = 'Thị trấn Yến Lạc' and code = 'households' and measure = 'baseline'"
        " and is_current and file like 'na_ri_muc_tieu%'"
    )
    assert row[:3] == (1337, "1337", "na_ri_muc_tieu_giam_ngheo_2025.xlsx")
    sheet = night.inbox_sheet(row[2], row[3])
    assert night.cell(sheet, row[4]) in (1337.0, "1.337")
    (untraced,) = night.rows(
        "select count(*) from mart.figure_trace where file = '' or sheet = '' or cell = ''"
    )
    assert untraced == (0,)


def test_illustrative_is_said_in_every_invented_file(night: Night) -> None:
    for path in night.inbox.glob("dang_ky_giam_ngheo_2025_*.xlsx"):
        texts = [str(c) for row in night.inbox_sheet(path.name, "Đăng ký mục tiêu") for c in row]
        assert any("số liệu minh hoạ" in text.lower() for text in texts)
    for path in night.inbox.glob("bao_cao_6_thang_2025_*.xlsx"):
        if "scan" in path.name:
            continue
        for sheet in ("Chỉ tiêu", "Kinh phí"):
            texts = [str(c) for row in night.inbox_sheet(path.name, sheet) for c in row]
            assert any("số liệu minh hoạ" in text.lower() for text in texts)


def test_an_old_unit_and_a_new_one_of_one_code_are_told_apart_by_their_days(
    warehouse_with_samples: Night,
) -> None:
    """02143 was Lương Thượng, and is Văn Lang since 1 July 2025."""
    assert warehouse_with_samples.rows(
        "select distinct unit_name, valid_from::text, valid_to::text from mart.indicator_by_unit"
        " where unit_code = '02143' and unit_map = 'as_filed' order by valid_from"
    ) == [
        ("Xã Lương Thượng", "2021-01-01", "2025-07-01"),
        ("Xã Văn Lang", "2025-07-01", "infinity"),
    ]
