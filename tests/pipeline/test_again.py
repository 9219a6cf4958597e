"""Running again: nothing changes, and a correction replaces exactly its own figures."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, Night


def test_second_night_changes_no_row(fresh_warehouse: Settings) -> None:
    night = Night(fresh_warehouse)
    first = night.go()
    before = night.dump()
    returned = {p: p.stat().st_mtime_ns for p in fresh_warehouse.returns_dir.iterdir()}
    second = night.go(NOW + timedelta(days=1))
    assert sum(first["load"].values()) > 1000
    assert sum(sum(step.values()) for step in second.values()) == 0
    assert night.dump() == before
    assert {p: p.stat().st_mtime_ns for p in fresh_warehouse.returns_dir.iterdir()} == returned


def test_correction_replaces_exactly_its_own_facts(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    shutil.copytree(Night.inbox, inbox)
    night = Night(fresh_warehouse, inbox)
    night.go()
    trace = (
        "select code, measure, coalesce(source, ''), value, version, unit_name, cell"
        " from mart.figure_trace where is_current and {} order by 1, 2, 3, 6, 7, 4"
    )
    mine = "unit_name = 'Xã Kim Hỷ' and file like 'bao_cao%'"
    before, others = night.rows(trace.format(mine)), night.rows(trace.format(f"not ({mine})"))

    corrected = inbox / "bao_cao_6_thang_2025_kim_hy_sua.xlsx"
    book = load_workbook(inbox / "bao_cao_6_thang_2025_kim_hy.xlsx")
    labels = {row[1].value: row for row in book["Chỉ tiêu"].iter_rows()}
    labels["Trong đó: xuất khẩu lao động"][3].value = 0
    book.save(corrected)
    night.go(NOW + timedelta(days=2))

    after = night.rows(trace.format(mine))
    changed = [
        (old[:4], new[:4]) for old, new in zip(before, after, strict=True) if old[3] != new[3]
    ]
    assert len(changed) <= 1 and all(old[0] == "labour_export" for old, _new in changed)
    assert {row[0]: row[3] for row in after}["labour_export"] == 0
    assert {row[4] for row in before} == {1} and {row[4] for row in after} == {2}
    assert night.rows(trace.format(f"not ({mine})")) == others
    assert (
        night.rows(trace.format(mine).replace("where is_current", "where not is_current")) == before
    )


def test_a_rejected_correction_changes_nothing(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select original_name, version, superseded_by from raw.filing"
        " where filer_code = '02140' and state = 'accepted' and form = 'commune_report'"
    )
    assert rows == [("bao_cao_6_thang_2025_van_lang.xlsx", 1, None)]


def test_the_same_content_twice_is_one_filing(fresh_warehouse: Settings, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(Night.inbox / "na_ri_ke_hoach_von_2025.xlsx", inbox / name)
    night = Night(fresh_warehouse, inbox)
    night.go()
    assert night.rows("select original_name, state from raw.filing") == [("a.xlsx", "accepted")]


def test_a_list_of_persons_is_not_kept(fresh_warehouse: Settings, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    book = load_workbook(Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx")
    book["Chỉ tiêu"]["G8"] = "Số CCCD"
    book["Chỉ tiêu"]["G10"] = "000000000000"
    book.save(inbox / "danh_sach.xlsx")
    night = Night(fresh_warehouse, inbox)
    night.go()
    assert night.rows("select rule from ops.finding") == [("personal-data",)]
    (returned,) = fresh_warehouse.returns_dir.iterdir()
    assert load_workbook(returned).sheetnames == ["Kết quả kiểm tra", "Check results"]
    assert [path for path in fresh_warehouse.raw_dir.rglob("*") if path.is_file()] == []
    assert night.go(NOW + timedelta(days=1))["receive"] == {"received": 0}
