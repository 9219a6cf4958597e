"""What units reached of their plans' targets, from workbook to fact.

Expectations are typed from tools/samples/reached/*.csv and from arithmetic on it.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.night import Night

FILES = {  # the file: filer, year, period, rows with a figure
    "bac_ha_ket_qua_chi_tieu_2021.xlsx": ("district", "085", 2021, "Y", 68),
    "bac_ha_ket_qua_chi_tieu_2022.xlsx": ("district", "085", 2022, "Y", 67),
    "bac_ha_ket_qua_chi_tieu_2023.xlsx": ("district", "085", 2023, "Y", 68),
    "bac_ha_ket_qua_chi_tieu_2024.xlsx": ("district", "085", 2024, "Y", 69),
    "bac_ha_ket_qua_chi_tieu_6_thang_2025.xlsx": ("district", "085", 2025, "H1", 64),
    "quynh_nhai_ket_qua_chi_tieu_2022.xlsx": ("district", "118", 2022, "Y", 13),
    "quynh_nhai_ket_qua_chi_tieu_2023.xlsx": ("district", "118", 2023, "Y", 13),
    "quynh_nhai_ket_qua_chi_tieu_2024.xlsx": ("district", "118", 2024, "Y", 13),
    "lap_vo_ket_qua_chi_tieu_6_thang_2024.xlsx": ("district", "875", 2024, "H1", 6),
    "lap_vo_ket_qua_chi_tieu_2024.xlsx": ("district", "875", 2024, "Y", 6),
    "na_ri_ket_qua_chi_tieu_6_thang_2025.xlsx": ("district", "066", 2025, "H1", 6),
    "ba_to_ket_qua_chi_tieu_6_thang_2025.xlsx": ("commune", "21484", 2025, "H1", 16),
}


def facts(night: Night, file: str, code: str) -> list[tuple]:
    """Period, measure, value, state, cell and text of a file's figures of an indicator."""
    return night.rows(
        "select f.period, f.measure, f.value, f.state, f.cell, f.text_as_filed"
        " from dw.fact_indicator f join raw.filing g using (filing_id)"
        " join dw.dim_indicator i using (indicator_key)"
        " where g.original_name = :file and i.indicator_code = :code order by f.cell",
        file=file,
        code=code,
    )


def test_every_report_is_accepted_without_a_finding(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select g.original_name, g.filer_level, g.filer_code, g.year, g.period, g.state,"
        " (select count(*) from dw.fact_indicator f where f.filing_id = g.filing_id"
        "  and f.measure = 'actual'),"
        " (select count(*) from ops.finding f where f.filing_id = g.filing_id)"
        " from raw.filing g where g.form = 'plan_results'"
    )
    assert {name: (*who, count) for name, *who, _state, count, _found in rows} == FILES
    assert {(state, found) for *_rest, state, _count, found in rows} == {("accepted", 0)}


@pytest.mark.parametrize(
    ("file", "code", "expected"),
    [
        # the year before 2022 closed at 2650 under another poverty line
        ("bac_ha_ket_qua_chi_tieu_2022.xlsx", "poor_households",
         [("OPEN", "baseline", 6905, "value", "E10", "6.905"),
          ("Y", "actual", 5880, "value", "F10", "5.880")]),
        # as many as 2022 closed with
        ("bac_ha_ket_qua_chi_tieu_2023.xlsx", "poor_households",
         [("OPEN", "baseline", 5880, "value", "E10", "5.880"),
          ("Y", "actual", 4790, "value", "F10", "4.790")]),
        ("bac_ha_ket_qua_chi_tieu_2024.xlsx", "units_preschool_universal",
         [("OPEN", "baseline", 19, "value", "E54", "19"),
          ("Y", "actual", 18, "value", "F54", "18")]),
        ("bac_ha_ket_qua_chi_tieu_6_thang_2025.xlsx", "jobs_created",
         [("OPEN", "baseline", None, "blank", "E17", ""),
          ("H1", "actual", 760, "value", "F17", "760")]),
        ("bac_ha_ket_qua_chi_tieu_2022.xlsx", "water_works_upgraded", []),
        ("lap_vo_ket_qua_chi_tieu_6_thang_2024.xlsx", "communes_with_radio_pct",
         [("OPEN", "baseline", Decimal("92.31"), "value", "E14", "92,31"),
          ("H1", "actual", 100, "value", "F14", "100")]),
        ("ba_to_ket_qua_chi_tieu_6_thang_2025.xlsx", "agri_capacity_support_pct",
         [("OPEN", "baseline", None, "blank", "E12", ""),
          ("H1", "actual", None, "not_applicable", "F12", "-")]),
        ("ba_to_ket_qua_chi_tieu_6_thang_2025.xlsx", "households_with_lasting_worker",
         [("OPEN", "baseline", 31, "value", "E13", "31"),
          ("H1", "actual", 40, "value", "F13", "40")]),
    ],
)  # fmt: skip
def test_a_figure_stands_under_the_indicator_of_its_row(
    warehouse_with_samples: Night, file: str, code: str, expected: list[tuple]
) -> None:
    assert facts(warehouse_with_samples, file, code) == expected


def test_each_is_traced_to_its_cell(warehouse_with_samples: Night) -> None:
    night = warehouse_with_samples
    rows = night.rows(
        "select t.file, t.sheet, t.cell, t.value, t.text_as_filed, t.code"
        " from mart.figure_trace t where t.file = any(:files)",
        files=list(FILES),
    )
    assert len(rows) == 2 * sum(count for *_filer, count in FILES.values())
    for file, sheet, cell, value, text, code in rows:
        shown = night.inbox_sheet(file, sheet)
        seen = night.cell(shown, cell)
        assert night.cell(shown, f"B{cell[1:]}") == code
        if isinstance(seen, float):
            assert Decimal(str(seen)) == value
        else:
            assert seen == text


def test_figures_are_about_the_unit_that_filed(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select distinct g.original_name, f.level, coalesce(c.commune_code, d.district_code),"
        " f.year from dw.fact_indicator f join raw.filing g using (filing_id)"
        " left join dw.dim_commune c using (commune_key)"
        " left join dw.dim_district d on d.district_key = f.district_key"
        " where g.form = 'plan_results'"
    )
    assert sorted(rows) == sorted((file, *filer[:3]) for file, filer in FILES.items())
