"""A return workbook goes when what it asked for is mended."""

from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, Night

REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"


def test_the_return_workbook_goes_when_a_later_version_is_accepted(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    night = Night(fresh_warehouse, inbox)
    returns = fresh_warehouse.returns_dir
    for day, unreadable in enumerate(["1.2.3", "4.5.6"]):
        book = load_workbook(Night.inbox / REPORT)
        book["Chỉ tiêu"]["D10"] = unreadable
        book.save(inbox / f"lan_{day + 1}.xlsx")
        night.go(NOW + timedelta(days=day))
    assert len([*returns.iterdir()]) == 2  # a second version that is rejected mends nothing
    (returns / "ghi_chu.txt").write_text("của văn phòng", encoding="utf-8")
    (inbox / "lan_3.xlsx").write_bytes((Night.inbox / REPORT).read_bytes())
    night.go(NOW + timedelta(days=2))
    assert night.rows("select state from raw.filing order by received_at") == [
        ("rejected",), ("rejected",), ("accepted",)
    ]  # fmt: skip
    assert [path.name for path in returns.iterdir()] == ["ghi_chu.txt"]
