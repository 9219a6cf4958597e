"""What `khoxa check` says of a workbook and what a mail says of it count the same figures."""

from __future__ import annotations

import pytest

from etl.ground import database
from etl.ground.records import ReceivedFile
from etl.night.one_file import understand
from etl.publish.receipt import receipt
from etl.units.index import load_units
from tests.night import Night

# 17 communes with both counts of their households, what to cut, and the printed totals; a commune's
# half year; a plan's lines of money; responsibilities and duties; a plan of many years
FILES = (
    "na_ri_muc_tieu_giam_ngheo_2025.xlsx", "bao_cao_6_thang_2025_kim_hy.xlsx",
    "na_ri_ke_hoach_von_2025.xlsx", "lap_vo_phan_cong_va_bao_cao_2024.xlsx",
    "quynh_nhai_chi_tieu_ke_hoach_2022_2030.xlsx", "na_ri_ra_soat_chinh_thuc_2024.xlsx",
    "dang_ky_giam_ngheo_2025_kim_hy.xlsx", "thieu_hut_2024_kim_hy.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_check_and_mail_count_alike(warehouse_with_samples: Night, name: str) -> None:
    asked = "select filing_id from raw.filing where original_name = :name and state = 'accepted'"
    batch = [number for (number,) in warehouse_with_samples.rows(asked, name=name)]
    with database.asking(warehouse_with_samples.settings) as connection:
        mailed = [row.figures for row in database.ask(connection, "answer/figures", batch=batch)]
    path = warehouse_with_samples.inbox / name
    filings, _ = understand(ReceivedFile(7, name, str(path)), {})
    said = [receipt(filing, load_units()).rpartition(": ")[2] for filing in filings]
    assert said == [f"{n} số liệu" for n in mailed] and mailed
