"""A form and an indicator of a province's own (KHOXA_LOCAL), from night to night: added, changed,
broken, removed, dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from etl.ground.config import Settings
from tests.khoxa import khoxa, variables
from tests.night import Night

FORM = """\
form: solar_count
version: "2025"
title: {vi: "Biểu hộ dùng điện mặt trời", en: "Households with solar power"}
filer: district
units_on: start
valid: {from: 2025, to: 2030}
titles: ["số hộ dùng điện mặt trời năm {year}"]
periods: {Y: []}
tables:
  solar:
    title: "Hộ dùng điện mặt trời"
    rows: units
    unit_level: commune
    key_column: unit
    total_labels: ["Tổng cộng"]
    columns:
      unit: {is: unit, header: ["Xã, thị trấn"]}
      households:
        {is: figure, header: ["Số hộ"], unit: household, required: true,
         fact: indicator, indicator: solar_households, measure: actual, total: sum}
"""
INDICATOR = (
    "indicator_code,name_vi,name_en,unit_of_measure,kind,timing,direction,decimals,definition_vi,definition_en\n"
    "solar_households,Hộ dùng điện mặt trời,Households with solar power,household,count,stock,up,0,"
    "Số hộ có tấm pin mặt trời,Households with a panel\n"
)
ROWS = (
    ("SỐ HỘ DÙNG ĐIỆN MẶT TRỜI NĂM 2025",),
    ("Đơn vị báo cáo: Huyện Na Rì, tỉnh Bắc Kạn",),
    ("Xã, thị trấn", "Số hộ"),
    ("Xã Kim Hỷ", 40),
    ("Xã Văn Lang", 120),
    ("Tổng cộng", 160),
)
STATE = (
    "select form, state, array_agg(n.rule) from raw.filing"
    " left join ops.finding as n using (filing_id) group by 1, 2"
)
VALUES = (
    "select measure, value from mart.indicator_by_unit where indicator_code = 'solar_households'"
    " and level = 'district' and unit_map = 'as_filed'"
)


class Province:
    """A folder of its own, an inbox, and nights on them."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.local, self.inbox = folder / "local", folder / "inbox"
        (self.local / "forms").mkdir(parents=True)
        self.inbox.mkdir()
        self.night = Night(settings, self.inbox)
        with xlsxwriter.Workbook(self.inbox / "mat_troi.xlsx") as book:
            sheet = book.add_worksheet("Biểu")
            for r, row in enumerate(ROWS):
                sheet.write_row(r, 0, row)

    def put(self, name: str, text: str) -> None:
        (self.local / name).write_text(text, encoding="utf-8")

    def khoxa(self, *words: object, code: int = 0) -> str:
        environment = variables(self.night.settings) | {"KHOXA_LOCAL": str(self.local)}
        done = khoxa(*words, **environment)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def go(self) -> str:
        return self.khoxa("run", "--inbox", self.inbox)


@pytest.fixture
def province(fresh_warehouse: Settings, tmp_path: Path) -> Province:
    return Province(fresh_warehouse, tmp_path)


def test_from_night_to_night(province: Province) -> None:
    night = province.night
    province.go()
    assert night.rows(STATE) == [(None, "rejected", ["form-unknown"])]

    # added: seeds and form take effect the next night, on what lies there already
    province.put("indicator.csv", INDICATOR)
    province.put("forms/solar.yaml", FORM)
    province.go()
    assert night.rows(STATE) == [("solar_count", "accepted", ["unit-missing"])]
    assert night.rows(VALUES) == [("actual", 160)]
    before = night.dump()
    province.go()
    assert night.dump() == before

    # changed: the same filing is read again by the form as it is now
    province.put("forms/solar.yaml", FORM.replace("measure: actual", "measure: baseline"))
    province.go()
    assert night.rows(VALUES) == [("baseline", 160)]

    # broken: what is loaded stays, the night and its status say where
    province.put("forms/solar.yaml", FORM.replace("solar_households", "solar_household"))
    said = province.go()
    assert said.count("local/forms/solar.yaml:20: không có chỉ tiêu “solar_household”") == 2
    assert night.rows(VALUES) == [("baseline", 160)]

    # removed: refused with what rests on it, until somebody asks
    (province.local / "forms" / "solar.yaml").unlink()
    assert "2 số liệu" in (said := province.go()) and "khoxa forms drop solar_count" in said
    assert night.rows(VALUES) == [("baseline", 160)]
    assert "thêm --yes" in province.khoxa("forms", "drop", "solar_count")
    province.go()
    assert night.rows(VALUES) == [("baseline", 160)]
    province.khoxa("forms", "drop", "solar_count", "--yes")
    assert "không còn khai báo" not in province.go()
    assert night.rows(VALUES) == []
    assert night.rows(STATE) == [("solar_count", "rejected", ["form-unknown"])]
    before = night.dump()
    province.go()
    assert night.dump() == before
    province.put("forms/solar.yaml", FORM)
    province.go()
    assert night.rows(VALUES) == [("actual", 160)]


def test_an_indicator_that_figures_rest_on(province: Province) -> None:
    province.put("indicator.csv", INDICATOR)
    province.put("forms/solar.yaml", FORM)
    province.go()
    (province.local / "indicator.csv").unlink()
    said = province.go()
    assert "solar.yaml:20: không có chỉ tiêu “solar_households”" in said
    assert "chỉ tiêu solar_households không còn khai báo, mà kho còn 1 hồ sơ, 2 số liệu" in said
    assert province.night.rows(VALUES) == [("actual", 160)]
    province.put(
        "forms/solar.yaml",
        FORM.replace("indicator: solar_households", "indicator: poor_households"),
    )
    said = province.go()
    assert "chỉ tiêu solar_households không còn khai báo" not in said  # the form let go of it


def test_a_seed_that_changed(province: Province) -> None:
    province.put("indicator.csv", INDICATOR)
    province.go()
    province.put("indicator.csv", INDICATOR.replace("Hộ dùng điện mặt trời", "Hộ có pin"))
    due = "form,filer_level,scope_code,year,period,due_on,basis_vi,basis_en,units_on\n"
    for form in ("fund_plan", "fund_pan"):
        due += f"{form},district,066,2026,Y,2026-01-31,Công văn,Letter,start\n"
    province.put("calendar.csv", due)
    said = province.go()
    assert "local/calendar.csv:3: cột “form” / column “form”: không có biểu “fund_pan”" in said
    rows = province.night.rows
    names = "select name_vi from dw.dim_indicator where indicator_code = 'solar_households'"
    assert rows(names) == [("Hộ có pin",)]
    due = "select form, due_on::text from ops.calendar where year = 2026"
    assert rows(due) == [("fund_plan", "2026-01-31")]
