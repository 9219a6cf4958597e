"""A unit event taken in at a terminal: in force in the warehouse at once, and read by the rooms."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.pipeline.test_cli import khoxa

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
    environment = {
        "KHOXA_HOME": str(fresh_warehouse.home),
        "KHOXA_UNITS": str(tmp_path / "units"),
        "KHOXA_WAREHOUSE_URL": str(fresh_warehouse.warehouse_url),
        "KHOXA_OWNER_URL": str(fresh_warehouse.owner_url),
        "KHOXA_READER_URL": str(fresh_warehouse.reader_url),
    }
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
