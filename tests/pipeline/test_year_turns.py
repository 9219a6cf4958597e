"""The turn of 2026 to another poverty standard: both reviews of one December, each in its own year,
and the next year's form, which a province adds as docs/operations.md says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from etl.ground.config import ROOT, Settings
from tests.filling import Choose, fill
from tests.khoxa import khoxa, variables
from tests.night import Night

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
FORM = re.search(r"```yaml\n(form: review_result\n.*?)```", PAGE, re.S)
COMMUNES = 56  # of Cao Bằng since 2025-07-01, each with 200 households


def review(
    path: Path, poor: int, code: str, year: int, environment: dict[str, str], said: str = ""
) -> None:
    """The blank of Cao Bằng filled in: households, of minorities, poor, near-poor; its title goes
    on with what is `said`."""
    columns = {"C": 200, "D": 100, "E": poor, "G": 2, "I": 5, "K": 1}
    blank = path.parents[1] / path.name
    asked = ("--unit", "04", "--period", f"{year}-Y", "--out", blank)
    drawn = khoxa("form", code, *asked, **environment)
    assert drawn.returncode == 0, drawn.stderr
    book = load_workbook(blank)
    (title,) = (c for row in book.worksheets[0].iter_rows(max_row=8) for c in row
                if str(c.value).upper().startswith("KẾT QUẢ RÀ SOÁT"))  # fmt: skip
    title.value += said
    book.save(blank)
    fill(blank, path, lambda _sheet, cell, _kind, _options: columns.get(cell.column_letter))


def drawn(path: Path, code: str, unit: str, environment: dict[str, str], choose: Choose) -> Path:
    """The form of 2027 as `khoxa form` draws it, filled in below its headers."""
    blank = path.parents[1] / path.name
    asked = ("--unit", unit, "--period", "2027-Y", "--out", blank)
    assert khoxa("form", code, *asked, **environment).returncode == 0
    fill(blank, path, choose)
    return path


def night_of(inbox: Path, day: str, environment: dict[str, str]) -> None:
    ran = khoxa("run", "--inbox", inbox, "--received-at", f"{day}T09:00", **environment)
    assert ran.returncode == 0, ran.stderr


def test_2027_begins_where_its_review_says(fresh_warehouse: Settings, tmp_path: Path) -> None:
    """10 of 200 households of each of 56 communes are poor by the old standard, 30 by the new one.
    A register and a registration repeat the 10: both are told, neither is where 2027 begins."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    environment = variables(fresh_warehouse)
    warehouse = Night(fresh_warehouse)

    def begins() -> list[tuple[object, ...]]:
        return warehouse.rows(
            "select u.opening, c.opening from mart.count_province as u"
            " inner join mart.count_commune as c using (year, indicator_code)"
            " where year = 2027 and indicator_code = 'poor_households' and c.unit_code = '01273'"
        )

    def told() -> list[tuple[object, ...]]:
        return warehouse.rows(
            "select original_name, rule, count(*) from ops.finding inner join raw.filing"
            " using (filing_id) where rule like 'opening-%' group by 1, 2 order by 1, 2"
        )

    review(inbox / "cu.xlsx", 10, "review_result", 2026, environment)
    night_of(inbox, "2026-12-18", environment)
    asked = ("--unit", "04", "--period", "2027-Y", "--out", tmp_path / "trong.xlsx")
    blank = khoxa("form", "target_register", *asked, **environment)
    assert f"{COMMUNES} số đầu năm 2027 theo báo cáo cuối năm 2026; {COMMUNES} số" in blank.stdout
    of_register = {"C": 200, "D": 10, "F": 4}
    drawn(inbox / "giao.xlsx", "target_register", "04", environment,
          lambda _sheet, cell, _kind, _options: of_register.get(cell.column_letter))  # fmt: skip
    night_of(inbox, "2026-12-20", environment)
    copied = ("giao.xlsx", "opening-by-former-standard", COMMUNES)
    assert (begins(), told()) == ([(10 * COMMUNES, 10)], [copied])
    review(inbox / "moi.xlsx", 30, "review_opening", 2026, environment)
    night_of(inbox, "2026-12-24", environment)
    assert begins() == [(30 * COMMUNES, 30)]
    of_commune = {"D12": 200, "D13": 10, "F14": 4}
    drawn(inbox / "xa.xlsx", "target_registration", "01273", environment,
          lambda _sheet, cell, _kind, _options: of_commune.get(cell.coordinate))  # fmt: skip
    night_of(inbox, "2027-01-20", environment)
    differs = ("xa.xlsx", "opening-differs-from-review", 1)
    assert (begins(), told()) == ([(30 * COMMUNES, 30)], [copied, differs])
    assert warehouse.rows("select distinct state from raw.filing") == [("accepted",)]
    trace = warehouse.rows(
        "select distinct file from mart.trace where unit_code = '01273'"
        " and period_key = '2027-OPEN' and indicator_code = 'poor_households'"
    )
    assert trace == [("moi.xlsx",)]


def test_both_reviews_of_2026_and_that_of_2027(fresh_warehouse: Settings, tmp_path: Path) -> None:
    assert FORM
    local, inbox = tmp_path / "local", tmp_path / "inbox"
    (local / "forms").mkdir(parents=True)
    (local / "forms" / "review_result_2027.yaml").write_text(FORM[1], encoding="utf-8")
    inbox.mkdir()
    environment = variables(fresh_warehouse) | {"KHOXA_LOCAL": str(local)}
    review(inbox / "cu.xlsx", 10, "review_result", 2026, environment)
    review(inbox / "moi.xlsx", 30, "review_opening", 2026, environment)
    when = ("--received-at", "2026-12-18T09:00")
    ran = khoxa("run", "--inbox", inbox, *when, **environment)
    assert ran.returncode == 0, ran.stderr
    blank = tmp_path / "xa.xlsx"
    asked = ("--unit", "01273", "--period", "2027", "--out", blank)
    assert khoxa("form", "target_registration", *asked, **environment).returncode == 0
    opened = {c.value for sheet in load_workbook(blank) for row in sheet.iter_rows() for c in row}
    assert {200, 30} <= opened and 10 not in opened  # households, and the poor by the new standard
    review(inbox / "2027.xlsx", 24, "review_result", 2027, environment)
    former = " theo chuẩn nghèo giai đoạn 2022-2025"
    review(inbox / "2027_tieu_de_cu.xlsx", 20, "review_result", 2027, environment, former)
    when = ("--received-at", "2027-12-17T09:00")
    ran = khoxa("run", "--inbox", inbox, *when, **environment)
    assert ran.returncode == 0, ran.stderr
    night = Night(fresh_warehouse)
    assert night.rows(
        "select f.original_name, state, rule from raw.filing as f left join ops.finding as g"
        " on g.filing_id = f.filing_id and g.severity = 'fail' order by 1"
    ) == [
        ("2027.xlsx", "accepted", None),
        ("2027_tieu_de_cu.xlsx", "rejected", "standard-differs"),
        ("cu.xlsx", "accepted", None), ("moi.xlsx", "accepted", None),
    ]  # fmt: skip
    assert night.rows(
        "select year, period, measure, numerator, value, poverty_standard, units_reported"
        " from mart.indicator_by_unit where unit_map = 'as_filed' and level = 'province'"
        " and indicator_code = 'poverty_rate' order by year, period"
    ) == [
        (2026, "Y", "actual", 10 * COMMUNES, Decimal(5), "2022-2026", COMMUNES),
        (2027, "OPEN", "baseline", 30 * COMMUNES, Decimal(15), "2027-2030", COMMUNES),
        (2027, "Y", "actual", 24 * COMMUNES, Decimal(12), "2027-2030", COMMUNES),
    ]
