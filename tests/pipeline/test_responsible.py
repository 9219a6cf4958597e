"""Who is responsible and what is to be reported, from the five plans to the marts: nothing is lost,
a later filing stands for an earlier one, and a lagging target says whom to ring."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from etl.ground import database
from etl.ground.config import Settings
from tests.night import NOW, Night

FILE = "na_ri_phan_cong_va_bao_cao_2025.xlsx"
CODES = {"near_poor_rate": "near_poverty_rate"}  # the facts' name, and the seed's


def assignments(night: Night) -> Counter[tuple[str | None, ...]]:
    """What facts/plan_responsibilities.csv says, one by one: unit, agency, role, project,
    indicator, text, section."""
    targets = {row["target_id"]: row["indicator"] for row in night.facts("plan_targets")}
    found: Counter[tuple[str | None, ...]] = Counter()
    for row in night.facts("plan_responsibilities"):
        codes = [targets[one] for one in row["targets"].split(";") if one]
        projects = [one for one in row["projects"].split(";") if one]
        about = [(None if one == "whole_programme" else one, None) for one in projects]
        about += [(None, code) for code in dict.fromkeys(CODES.get(c, c) for c in codes)]
        for project, indicator in about or [(None, None)]:
            words = (row["text_as_printed"], row["section"])
            found[row["unit"], row["agency_code"], row["role"], project, indicator, *words] += 1
    return found


def test_every_assignment_of_the_plans_is_in_the_mart(warehouse_with_samples: Night) -> None:
    night = warehouse_with_samples
    rows = night.rows(
        "select unit_name, agency_code, role, project_code, indicator_code, text_as_printed,"
        " section from mart.responsibility"
    )
    assert Counter(rows) == assignments(night)
    leads = {(unit, project) for unit, _a, role, project, *_r in rows if role == "lead" and project}
    assert {("Huyện Na Rì", "DA2"), ("Huyện Lấp Vò", "DA5")} <= leads
    whole = "select unit_name from mart.responsibility where is_whole_plan and role = 'lead'"
    assert ("Thị trấn Ba Tơ",) in night.rows(whole)


def test_every_duty_and_limit_is_in_its_mart(warehouse_with_samples: Night) -> None:
    night = warehouse_with_samples
    duties = night.rows(
        "select unit_name, agency_code, duty_kind, recipient, frequency, due_text, tracked_form,"
        " text_as_printed, section, year_from, year_to from mart.duty"
    )
    limits = night.rows(
        "select unit_name, project_code, text_as_printed, section from mart.eligibility_limit"
    )
    facts = night.facts("plan_duties")
    assert Counter(duties) == Counter(
        (
            *(row["unit"], row["agency_code"], row["kind"], row["to_whom"], row["frequency"]),
            *(row["before_as_printed"], row["tracked_by"] or None, row["text_as_printed"]),
            *(row["section"], int(row["year_from"]), int(row["year_to"])),
        )
        for row in facts
        if row["kind"] != "limit"
    )
    assert Counter(limits) == Counter(
        (row["unit"], row["project"] or None, row["text_as_printed"], row["section"])
        for row in facts
        if row["kind"] == "limit"
    )
    untracked = {row[7] for row in duties if row[6] is None}
    assert len(untracked) >= 30


def test_each_is_traced_to_its_cell(warehouse_with_samples: Night) -> None:
    night = warehouse_with_samples
    for mart, column in (("responsibility", "agency"), ("duty", "text"), ("eligibility_limit", "")):
        query = f"select file, sheet, cell, text_as_filed from mart.{mart}"
        for file, sheet, cell, text in night.rows(query)[::9]:
            assert night.cell(night.inbox_sheet(file, sheet), cell) == text, column


def test_one_office_under_several_names_is_one(warehouse_with_samples: Night) -> None:
    """Na Rì's plan writes the labour office in three ways; each district has its own."""
    names = warehouse_with_samples.rows(
        "select distinct text_as_filed from mart.responsibility"
        " where unit_code = '066' and agency_code = 'labour_office'"
    )
    assert {name for (name,) in names} == {
        "Phòng Lao động - Thương binh và Xã hội",
        "Phòng Lao động - Thương binh và Xã hội huyện",
        "Phòng Lao động - TB&XH huyện",
    }
    units = warehouse_with_samples.rows(
        "select unit_code, count(*) from dw.dim_agency where agency_code = 'labour_office'"
        " group by 1"
    )
    assert sorted(units) == [("066", 1), ("085", 1), ("118", 1), ("875", 1)]


def test_a_target_shows_whom_to_ring(warehouse_with_samples: Night) -> None:
    """By hand from Na Rì's V.8, V.10 and V.5; of latrines nobody is named, so V.1."""
    rows = warehouse_with_samples.rows(
        "select indicator_code, agency_name_vi, assigned_by, section from mart.target_responsible"
        " where unit_map = 'as_filed' and unit_code = '066' and asked_by = 'own_plan'"
        " and role = 'lead' and indicator_code in"
        " ('housing_supported', 'legal_aid_pct', 'credit_access_pct', 'hygienic_latrine_pct')"
    )
    assert sorted(rows) == [
        ("credit_access_pct", "Phòng giao dịch Ngân hàng Chính sách xã hội", "target", "V.5"),
        ("housing_supported", "Phòng Kinh tế và Hạ tầng", "target", "V.8"),
        ("hygienic_latrine_pct", "Phòng Lao động - Thương binh và Xã hội", "plan", "V.1"),
        ("legal_aid_pct", "Phòng Tư pháp", "target", "V.10"),
    ]


def test_no_target_has_an_agency_twice_and_each_own_one_has_a_lead(
    warehouse_with_samples: Night,
) -> None:
    night = warehouse_with_samples
    twice = night.rows(
        "select 1 from mart.target_responsible"
        " group by unit_map, level, unit_code, target_id, agency_key, role having count(*) > 1"
    )
    assert twice == []
    without = night.rows(
        "select t.unit_name, t.indicator_code from mart.target t"
        " where t.unit_map = 'as_filed' and t.unit_code in ('066', '085', '118', '875', '21484')"
        " and t.asked_by = 'own_plan' and not exists (select from mart.target_responsible r"
        " where (r.unit_map, r.level, r.unit_code, r.target_id)"
        " = (t.unit_map, t.level, t.unit_code, t.target_id) and r.role = 'lead')"
    )
    assert without == []


def test_the_reader_of_a_bi_tool_may_ask(warehouse_with_samples: Night) -> None:
    with database.engine(warehouse_with_samples.settings, "bi_reader").connect() as connection:
        for name in (
            "mart.responsibility", "mart.duty", "mart.eligibility_limit",
            "mart.target_responsible", "dw.dim_agency",
        ):  # fmt: skip
            assert connection.exec_driver_sql(f"select count(*) from {name}").scalar()


def test_a_later_filing_stands_for_the_earlier(fresh_warehouse: Settings, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(Night.inbox / FILE, inbox)
    night = Night(fresh_warehouse, inbox)
    first = night.go()["load"]
    assert first["dw.fact_responsibility"] > 0 and first["dw.fact_duty"] > 0
    book = load_workbook(inbox / FILE)
    sheet = book["Phân công"]
    sheet["B6"] = "Hạt Kiểm lâm"  # the first assignment: UBND các xã, thị trấn
    sheet.delete_rows(sheet.max_row)
    book.save(inbox / "lan_2.xlsx")
    again = night.go(NOW + timedelta(days=1))["load"]
    assert again["dw.fact_responsibility"] == first["dw.fact_responsibility"] - 1
    ((shown,),) = night.rows("select count(*) from mart.responsibility")
    assert shown == again["dw.fact_responsibility"]
    assert night.rows(
        "select agency_code, name_vi, level, unit_code from dw.dim_agency where name_vi like 'Hạt%'"
    ) == [("Hạt Kiểm lâm", "Hạt Kiểm lâm", "district", "066")]
    assert night.rows("select distinct file from mart.duty") == [("lan_2.xlsx",)]
    assert sum(night.go(NOW + timedelta(days=1))["load"].values()) == 0
