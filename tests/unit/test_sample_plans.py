"""The five plans' target lists in the sample inbox show what the plans state."""

import re

import pytest

from tests.helpers.sample_sheets import facts, sheet, table


def test_plan_targets_show_the_facts_as_printed() -> None:
    _, rows = sheet("na_ri_chi_tieu_ke_hoach_2025.xlsx", "Chỉ tiêu kế hoạch", under="TT")
    wanted = [f"NR-{place:03}" for place in range(1, 20)]
    printed = [row for row in facts("plan_targets.csv") if row["target_id"] in wanted]
    columns = ("indicator", "indicator_vi", "number_as_printed", "text_as_printed", "section")
    assert [[row[1], row[2], row[4], row[7], row[8]] for row in table(rows)] == [
        [fact[column] for column in columns] for fact in printed
    ]
    words = {">=": "từ ... trở lên", ">": "trên", "=": "bằng", "~": "khoảng"}
    assert [row[3] for row in table(rows)] == [words[fact["operator"]] for fact in printed]


@pytest.mark.parametrize(
    ("plan", "name", "title"),
    [
        ("LV", "lap_vo_chi_tieu_ke_hoach_2024.xlsx", "NĂM 2024"),
        ("QN", "quynh_nhai_chi_tieu_ke_hoach_2022_2030.xlsx", "GIAI ĐOẠN 2022 - 2030"),
        ("BT", "ba_to_chi_tieu_ke_hoach_2025.xlsx", "NĂM 2025"),
        ("BH", "bac_ha_chi_tieu_ke_hoach_2021_2025.xlsx", "GIAI ĐOẠN 2021–2025"),
    ],
)
def test_every_plan_shows_all_its_statements(plan: str, name: str, title: str) -> None:
    above, rows = sheet(name, "Chỉ tiêu kế hoạch", under="TT")
    printed = [row for row in facts("plan_targets.csv") if row["target_id"].startswith(plan)]
    assert above.splitlines()[0] == f"DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO {title}"
    assert [[row[7], row[8], row[11], row[12]] for row in table(rows)] == [
        [fact["text_as_printed"], fact["section"], fact["period_start"], fact["period_end"]]
        for fact in printed
    ]
    for row, fact in zip(table(rows), printed, strict=True):
        pieces = [part for part in re.split(r"[^\d.,]+", fact["number_as_printed"]) if part]
        assert [cell for cell in (row[4], row[5], row[15]) if cell][: len(pieces)] == pieces
