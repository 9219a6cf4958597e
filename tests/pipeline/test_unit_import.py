"""A unit event taken in at a terminal: in force in the warehouse at once, and read by the rooms."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.khoxa import khoxa, variables
from tests.night import Night

EVENT = """
event: {on: 2026-12-01, basis: "Nghị quyết 99/NQ-UBTVQH16"}
from: ["02185", "02191"]
to: [{code: "02185", name: Côn Dương, type: xã, province: "19"}]
"""


def versions(settings: Settings) -> list[tuple[str, str, str, str]]:
    query = (
        "select commune_code, commune_name, valid_from::text, valid_to::text from dw.dim_commune"
        " where commune_code in ('02185', '02191') and valid_from > '2021-01-01' order by 3, 1"
    )
    with database.engine(settings, "bi_reader").connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_an_event_is_in_force_at_once_and_stays(fresh_warehouse: Settings, tmp_path: Path) -> None:
    environment = variables(fresh_warehouse) | {"KHOXA_UNITS": str(tmp_path / "units")}
    (_minh, (_code, _name, _from, forever)) = versions(fresh_warehouse)
    file = tmp_path / "con_duong.yaml"
    file.write_text(EVENT, encoding="utf-8")
    done = khoxa("unit", "import", file, **environment)
    assert done.returncode == 0 and "kho đã cập nhật" in done.stdout, done.stderr
    expected = [
        ("02185", "Côn Minh", "2025-07-01", "2026-12-01"),
        ("02191", "Xuân Dương", "2025-07-01", "2026-12-01"),
        ("02185", "Côn Dương", "2026-12-01", forever),
    ]
    assert versions(fresh_warehouse) == expected
    assert khoxa("db", "migrate", **environment).returncode == 0
    assert versions(fresh_warehouse) == expected
    said = khoxa("unit", "Xuân Dương, Thái Nguyên", "--on", "2026-12-31", **environment)
    assert "Xã Côn Dương (02185), Tỉnh Thái Nguyên [toàn bộ / whole]" in said.stdout


def test_a_province_has_a_map_of_its_own(fresh_warehouse: Settings, tmp_path: Path) -> None:
    (tmp_path / "unit_map.csv").write_text("map_on\n2026-12-01\n", encoding="utf-8")
    done = khoxa("db", "migrate", **variables(fresh_warehouse), KHOXA_LOCAL=str(tmp_path))
    assert done.returncode == 0, done.stderr
    maps = Night(fresh_warehouse).rows("select map_on::text from mart.unit_map order by 1")
    assert [day for (day,) in maps] == ["2025-06-30", "2025-07-01", "2026-12-01"]


def test_a_filing_that_an_event_leaves_without_its_unit_is_read_anew(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """Côn Minh and Xuân Dương merged on 1 November 2025: their yearly reports have no unit."""
    inbox, night = tmp_path / "inbox", Night(fresh_warehouse)
    inbox.mkdir()
    for name in ("con_minh", "xuan_duong", "na_ri"):
        shutil.copy(Night.inbox / f"bao_cao_nam_2025_{name}.xlsx", inbox)
    environment = variables(fresh_warehouse) | {"KHOXA_UNITS": str(tmp_path / "units")}
    states = "select original_name, state from raw.filing order by 1"
    names = [f"bao_cao_nam_2025_{name}.xlsx" for name in ("con_minh", "na_ri", "xuan_duong")]
    assert khoxa("run", "--inbox", inbox, **environment).returncode == 0
    assert night.rows(states) == [(name, "accepted") for name in names]
    file = tmp_path / "con_duong.yaml"
    file.write_text(EVENT.replace("2026-12-01", "2025-11-01"), encoding="utf-8")
    done = khoxa("unit", "import", file, **environment)
    assert done.returncode == 0, done.stderr
    opened = list(zip(names, ("received", "accepted", "received"), strict=True))
    assert night.rows(states) == opened
    ran = khoxa("run", "--inbox", inbox, **environment)
    assert ran.returncode == 0, ran.stderr
    assert night.rows(states) == [
        (name, "accepted" if state == "accepted" else "rejected") for name, state in opened
    ]
    assert night.rows("select distinct rule from ops.finding where severity = 'fail'") == [
        ("filer-ended",)
    ]
    assert night.rows(
        "select distinct unit_name from mart.indicator_by_unit"
        " where level = 'commune' and unit_map = 'as_filed'"
    ) == [("Xã Na Rì",)]
