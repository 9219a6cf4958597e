"""The sample inbox: redrawn as committed, true to the facts, consistent in what is invented."""

import csv
import subprocess
import sys
import zipfile
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.helpers.sample_sheets import INBOX, ROOT, Cell, Cells, facts, sheet, table

NA_RI_PLAN = "000_a74dd7f6035ee225.txt"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025"
SCAN = "bao_cao_6_thang_2025_cuong_loi_scan.xlsx"
REFILED = "bao_cao_6_thang_2025_van_lang_lan_2.xlsx"
REPORTS = sorted(
    path.name
    for path in INBOX.glob("bao_cao_6_thang_2025_*.xlsx")
    if path.name not in {SCAN, REFILED}
)
CENT = Decimal("0.01")


def number(cell: Cell) -> Decimal:
    if isinstance(cell, str):
        return Decimal(cell.replace(".", "").replace(",", "."))
    return Decimal(str(cell))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    return (100 * part / whole).quantize(CENT, ROUND_HALF_UP)


def draw(folder: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "tools.draw_samples", *options, "--out", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


def parts(path: Path) -> dict[str, bytes]:
    """A workbook's unzipped parts: compressed bytes depend on the zlib at hand."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_redrawing_gives_the_committed_inbox(tmp_path: Path) -> None:
    drawn = draw(tmp_path)
    assert {path.name for path in drawn.iterdir()} == {path.name for path in INBOX.iterdir()}
    for path in INBOX.iterdir():
        assert parts(drawn / path.name) == parts(path), path.name


def test_redrawing_gives_the_committed_refiling(tmp_path: Path) -> None:
    drawn, committed = draw(tmp_path, "--refiled"), ROOT / "samples" / "gui_lai"
    assert {path.name for path in drawn.iterdir()} == {path.name for path in committed.iterdir()}
    for path in committed.iterdir():
        assert parts(drawn / path.name) == parts(path), path.name


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = draw(tmp_path / "first"), draw(tmp_path / "second")
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_register_shows_the_facts_as_printed() -> None:
    above, rows = sheet(f"{REGISTER}.xlsx", "Biểu mục tiêu", under="TT")
    assert "TỈNH BẮC KẠN" in above
    assert "minh hoạ" not in above
    filed, printed = table(rows), facts("na_ri_2025_communes.csv")
    assert [row[1] for row in filed] == [fact["name_as_printed"] for fact in printed]
    for row, fact in zip(filed, printed, strict=True):
        expected = [value for name, value in fact.items() if name.endswith("_as_printed")][1:]
        if fact["tt"] and int(fact["tt"]) % 2:
            assert row[2:] == [float(number(text)) for text in expected]
        else:
            assert row[2:] == expected


def test_fund_plan_shows_the_facts_as_printed() -> None:
    _, rows = sheet("na_ri_ke_hoach_von_2025.xlsx", "Kế hoạch vốn", under="TT")
    printed = [row for row in facts("plan_funds.csv") if row["seed"] == NA_RI_PLAN]
    by_source = [
        [row["amount_as_printed"] for row in printed if row["source"] == source and row["project"]]
        for source in ("TOTAL", "NSTW", "NSDP")
    ]
    filed = table(rows)
    assert [row[2:] for row in filed] == [list(line) for line in zip(*by_source, strict=True)]
    assert len(filed) == 9
    assert str(filed[1][1]).startswith("Dự án 3 - Tiểu dự án 1: Hỗ trợ phát triển sản xuất")


def test_one_report_a_commune() -> None:
    units = set()
    for name in REPORTS:
        above, _ = sheet(name, "Chỉ tiêu", under="STT")
        line = next(text for text in above.splitlines() if text.startswith("Đơn vị báo cáo: "))
        units.add(line.removeprefix("Đơn vị báo cáo: "))
    communes = [row for row in facts("na_ri_2025_communes.csv") if row["tt"]]
    assert units == {
        f"{row['unit_type']} {row['name']}, huyện Na Rì, tỉnh Bắc Kạn" for row in communes
    }
    assert len(REPORTS) == 17


@pytest.mark.parametrize("name", REPORTS)
def test_counts_and_rates_agree(name: str) -> None:
    above, rows = sheet(name, "Chỉ tiêu", under="STT")
    assert "(Số liệu minh hoạ)" in above
    filed = table(rows)
    assert len(filed) == 14
    for row in filed:
        reached, total, rate = row[3:6]
        if row[1] == "Trong đó: xuất khẩu lao động":
            assert (total, rate) == ("", "")
            assert number(reached) <= number(filed[6][3])
            continue
        assert number(reached) <= number(total)
        assert number(rate) == percent(number(reached), number(total))
        assert isinstance(rate, str) == (number(row[0]) % 2 == 0)


@pytest.mark.parametrize("name", [*REPORTS, REFILED])
def test_sums_of_funds_agree(name: str) -> None:
    above, rows = sheet(name, "Kinh phí", under="STT")
    assert "(Số liệu minh hoạ)" in above
    *lines, total = [row for row in table(rows) if row[2] != ""]
    for row in (*lines, total):
        central, local, allocated, *disbursed, rate = (number(cell) for cell in row[2:])
        assert central + local == allocated
        assert disbursed[0] + disbursed[1] == disbursed[2]
        assert rate == percent(disbursed[2], allocated)
    for column in range(2, 8):
        assert sum(number(row[column]) for row in lines) == number(total[column])
    assert len({type(cell) for row in (*lines, total) for cell in row[2:]}) == 1


def test_communes_never_get_more_than_the_plan() -> None:
    _, rows = sheet("na_ri_ke_hoach_von_2025.xlsx", "Kế hoạch vốn", under="TT")
    given = [
        row
        for name in REPORTS
        for row in table(sheet(name, "Kinh phí", under="STT")[1])
        if row[2] != ""
    ]
    for line in table(rows):
        shares = [row for row in given if row[1] == line[1]]
        assert len(shares) == (10 if line[0] == 1 else 17)
        assert sum(number(row[2]) for row in shares) <= number(line[3])
        assert sum(number(row[3]) for row in shares) <= number(line[4])


def test_one_commune_has_disbursed_more_than_allocated() -> None:
    unusual = [
        (name, number(row[7]) > number(row[4]))
        for name in REPORTS
        for row in table(sheet(name, "Kinh phí", under="STT")[1])
        if row[8] != "" and not 20 <= number(row[8]) <= 60
    ]
    assert unusual == [("bao_cao_6_thang_2025_duong_son.xlsx", True)]


def test_refiled_report_has_more_poor_households_than_households() -> None:
    _, good = sheet(REFILED.replace("_lan_2", ""), "Chỉ tiêu", under="STT")
    above, bad = sheet(REFILED, "Chỉ tiêu", under="STT")
    assert "(Số liệu minh hoạ)" in above
    assert number(table(bad)[0][3]) > number(table(bad)[0][4])
    assert table(bad)[1:] == table(good)[1:]


def test_changed_register_differs_in_one_cell() -> None:
    _, good = sheet(f"{REGISTER}.xlsx", "Biểu mục tiêu", under="TT")
    above, bad = sheet(f"{REGISTER}_ban_sua.xlsx", "Biểu mục tiêu", under="TT")
    assert "(Số liệu minh hoạ)" in above
    changed = [
        (was, now)
        for before, after in zip(good, bad, strict=True)
        for was, now in zip(before, after, strict=True)
        if was != now
    ]
    assert changed == [(226.0, 262.0)]


def filled(rows: Cells, places: slice) -> list[list[Decimal]]:
    """The figures of the rows that have some; "-" is none of anything."""
    return [
        [Decimal(0) if cell == "-" else number(cell) for cell in row[places]]
        for row in rows[1:]
        if row[places.start] not in ("", "1") and isinstance(row[1], str)
    ]


@pytest.mark.parametrize("stage", ["so_bo", "chinh_thuc"])
def test_a_review_sums_towns_and_communes(stage: str) -> None:
    above, rows = sheet(f"na_ri_ra_soat_{stage}_2024.xlsx", "Kết quả rà soát", under="TT")
    assert "(Số liệu minh hoạ" in above
    towns, town, communes, *rest, whole = filled(rows, slice(2, 12))
    assert towns == town and len(rest) == 16
    for place in (0, 1, 2, 4, 6, 8):
        assert sum(row[place] for row in rest) == communes[place]
        assert towns[place] + communes[place] == whole[place]
    for row in (towns, town, communes, *rest, whole):
        households, minority, *poverty = row
        for poor, rate, minority_poor, minority_rate in (poverty[:4], poverty[4:]):
            assert rate == percent(poor, households)
            assert minority_rate == percent(minority_poor, minority)


def test_a_movement_ends_as_its_flows_say() -> None:
    above, rows = sheet("na_ri_dien_bien_ho_ngheo_2024.xlsx", "Diễn biến hộ nghèo", under="TT")
    assert "(Số liệu minh hoạ" in above
    lines = filled(rows, slice(3, 12))
    assert len(lines) == 2 * 18
    for start, near, above_line, less, fallen, relapsed, new, more, end in lines:
        assert end == start - near - above_line - less + fallen + relapsed + new + more
    for first in (0, 1):
        *units, whole = lines[first::2]
        assert whole == [sum(column) for column in zip(*units, strict=True)]
    assert [int(line[-1]) for line in lines[:-2:2]] == [
        int(row["poor_households_start"]) for row in facts("na_ri_2025_communes.csv") if row["tt"]
    ]


def test_scan_is_no_workbook() -> None:
    assert (INBOX / SCAN).read_bytes().startswith(b"%PDF")


def test_log_names_every_file_in_order_of_receipt() -> None:
    content = (INBOX / "so_van_den.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    times = {row["Tên tệp"]: datetime.fromisoformat(row["Ngày giờ nhận"]) for row in rows}
    assert set(times) == {path.name for path in INBOX.glob("*.xlsx")}
    assert all(before < after for before, after in pairwise(times.values()))
    assert {received.utcoffset() for received in times.values()} == {timedelta(hours=7)}
    days = [times[name].date() for name in REPORTS]
    assert min(days) >= date(2025, 6, 2)
    assert max(days) <= date(2025, 6, 12)
    assert sum(day >= date(2025, 6, 10) for day in days) == 3
    assert times[REFILED] > times[REFILED.replace("_lan_2", "")]
    assert times[SCAN] > times[SCAN.replace("_scan", "")]


def test_a_report_is_drawn_into_a_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from tools.samples.report import INDICATORS, CommuneReport, Count, draw_commune_report

    buffer = BytesIO()
    report = CommuneReport(
        unit="Xã Kim Hỷ",
        district="huyện Na Rì",
        province="tỉnh Bắc Kạn",
        year=2025,
        counts=(Count(1, 8),) * len(INDICATORS),
        funds=(),
        money_as_text=False,
    )
    draw_commune_report(buffer, report)
    buffer.seek(0)
    rows = CalamineWorkbook.from_object(buffer).get_sheet_by_name("Chỉ tiêu").to_python()
    assert [row[5] for row in rows if isinstance(row[0], float)][:2] == [12.5, "12,50"]
