"""The `khoxa` command as a person at a terminal meets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.cli import report_text
from etl.ground import database
from etl.ground.clock import local
from etl.ground.config import ROOT, Settings
from etl.ground.yaml_file import words_beside
from etl.night import chain
from tests.khoxa import khoxa, variables
from tests.night import Night

INBOX = ROOT / "samples" / "inbox"
GOOD = INBOX / "bao_cao_6_thang_2025_kim_hy.xlsx"
BAD = INBOX / "na_ri_muc_tieu_giam_ngheo_2025_ban_sua.xlsx"
UNREADABLE = INBOX / "bao_cao_6_thang_2025_cuong_loi_scan.xlsx"
MOMENT = local("2025-06-09T22:30")
WARNED = INBOX / "bao_cao_6_thang_2025_duong_son.xlsx"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict], Path]:
    """One `khoxa check` over four kinds of files, without a warehouse."""
    out = tmp_path_factory.mktemp("returns")
    done = khoxa("check", GOOD, BAD, UNREADABLE, WARNED, "--json", "--out", out,
                 KHOXA_WAREHOUSE_URL="postgresql+psycopg2://nobody@127.0.0.1:1/none")  # fmt: skip
    assert done.returncode == 2, done.stderr
    return json.loads(done.stdout), out


def test_check_says_what_the_night_would_say(
    checked: tuple[list[dict], Path], warehouse_with_samples: Night
) -> None:
    results, _out = checked
    assert [r["verdict"] for r in results] == ["accepted", "rejected", "unreadable", "accepted"]
    for result in results:
        nightly = warehouse_with_samples.rows(
            "select n.sheet, n.cell, n.rule, n.severity, n.message_vi from ops.finding n"
            " join raw.filing f using (filing_id) where f.original_name = :name order by 1, 2, 3",
            name=result["file"],
        )
        keys = ("sheet", "cell", "rule", "severity", "message_vi")
        assert sorted(tuple(f[k] for k in keys) for f in result["findings"]) == sorted(nightly)


def test_check_in_words() -> None:
    done = khoxa("check", BAD)
    assert done.returncode == 1
    assert "BỊ TRẢ LẠI" in done.stdout and "D28" in done.stdout and "2.977" in done.stdout


def test_check_accepts_quietly() -> None:
    done = khoxa("check", GOOD)
    assert done.returncode == 0 and "ĐƯỢC NHẬN" in done.stdout


def test_the_return_workbook_is_the_filers_own(checked: tuple[list[dict], Path]) -> None:
    results, out = checked
    marked = Path(results[1]["marked"])
    assert marked.parent == out
    book, filed = load_workbook(marked), load_workbook(BAD)
    assert book.sheetnames[0] == "Kết quả kiểm tra"
    sheet, original = book["Biểu mục tiêu"], filed["Biểu mục tiêu"]
    found = {f["cell"] for f in results[1]["findings"]}
    assert "D28" in found
    for row in original.iter_rows():
        for cell in row:
            mine = sheet[cell.coordinate]
            assert mine.value == cell.value
            assert (mine.comment is not None) == (cell.coordinate in found)
            assert (mine.fill.start_color.rgb == "FFFFC7CE") == (cell.coordinate in found)
    assert sheet.merged_cells.ranges == original.merged_cells.ranges
    listed = [row for row in book.worksheets[0].iter_rows(min_row=5, values_only=True) if row[0]]
    assert [row[3] for row in listed] == [f["cell"] for f in results[1]["findings"]]


def test_an_unreadable_file_comes_back_as_a_sheet_of_findings(
    checked: tuple[list[dict], Path],
) -> None:
    results, _out = checked
    book = load_workbook(results[2]["marked"])
    assert book.sheetnames == ["Kết quả kiểm tra", "Check results"]
    assert "bảng tính" in str([c.value for row in book.worksheets[0].iter_rows() for c in row])


def test_sql_speaks_with_the_rights_of_bi(warehouse: Settings) -> None:
    home = str(warehouse.home)
    done = khoxa("sql", "select count(*) as n from mart.unit where level = 'province'"
                 " and valid_from < '2025-07-01'", "--json",
                 KHOXA_HOME=home)  # fmt: skip
    assert json.loads(done.stdout) == [{"n": 63}]
    done = khoxa("sql", "delete from raw.filing", KHOXA_HOME=home)
    assert done.returncode != 0 and "permission denied" in done.stderr


def test_an_answer_of_many_columns_is_told_row_by_row(warehouse: Settings) -> None:
    """32 columns in 120 characters would have two or three each: "Xã Kim Hỷ" over five lines."""
    named = ", ".join(f"'Xã Kim Hỷ {n}' as ten_{n}" for n in range(32))
    for columns, line in ((named, "ten_31 *Xã Kim Hỷ 31"), ("'Xã' as ten_1, 7 as so", "Xã * 7")):
        done = khoxa("sql", f"select {columns}", KHOXA_HOME=str(warehouse.home), COLUMNS="120")
        assert re.search(line, done.stdout), done.stdout


def test_status_says_what_make_run_promises(warehouse_with_samples: Night) -> None:
    settings = warehouse_with_samples.settings
    done = khoxa("status", "--figures", **variables(settings))
    assert done.returncode == 0, done.stderr
    for expected in (
        "1/8 huyện (17/108 xã)",  # the province's coverage, said so
        "28,88", "25,38", "3,50",  # the register
        "13.731,00", "13.321,58", "409,42", "38,29", "93,20",  # the funds
        "bao_cao_6_thang_2025_van_lang_lan_2.xlsx",  # a rejected filing, and why
        "số liệu minh hoạ",
        str(settings.returns_dir),
        str(settings.docs_dir),
    ):  # fmt: skip
        assert expected in done.stdout
    assert done.stdout.count('khoxa sql "select') == 3
    for wrong in ("31,04", "3,74", "27,29"):
        assert wrong not in done.stdout


def test_status_is_about_filings_and_has_a_line_each(warehouse_with_samples: Night) -> None:
    settings = warehouse_with_samples.settings
    done = khoxa("status", COLUMNS="400", **variables(settings))
    assert done.returncode == 0, done.stderr
    rejected = [line.split() for line in done.stdout.splitlines() if "_ban_sua.xlsx" in line]
    # Trần Phú's 262 for 226: two rates of its row, three cells of the total row; no warning
    assert [line[1:5] for line in rejected] == [["trả", "lại", "5", "0"]]
    assert "khoxa status --figures" in done.stdout and "13.731,00" not in done.stdout


@pytest.mark.parametrize(
    ("load", "failed", "said"),
    [
        ({"raw.filing": 1}, [], "từng bước / step by step: khoxa summary"),
        ({"raw.filing": 0}, [], "không dòng nào thay đổi / no row changed"),
        (None, [], "không xong / not finished: load; từng bước / step by step: khoxa summary"),
        # what they did is done, and files wait for their copy, or to be read
        ({"raw.filing": 0}, ["receive"],
         "không xong / not finished: receive; từng bước / step by step: khoxa summary"),
    ],
)  # fmt: skip
def test_status_ends_with_the_latest_run(
    warehouse: Settings, load: dict[str, int] | None, failed: list[str], said: str
) -> None:
    chain.record(warehouse, {"receive": {"received": 0}, "load": load}, MOMENT, failed)
    done = khoxa("status", COLUMNS="200", KHOXA_HOME=str(warehouse.home))
    warehouse.last_run.unlink()
    last = f"Lần chạy gần nhất / latest run (22:30 09/06/2025): {said}"
    assert done.stdout.splitlines()[-1] == last, done.stderr


def test_status_counts_the_lines_that_it_leaves_out_and_shows_all(warehouse: Settings) -> None:
    with database.engine(warehouse).begin() as connection:
        connection.exec_driver_sql(
            "insert into ops.not_taken (name, rule, message_vi, message_en, fix_vi, fix_en)"
            " select 'thừa ' || n, 'inbox-folder', '', '', '', '' from generate_series(1, 45) as n"
        )
    home = {"KHOXA_HOME": str(warehouse.home)}
    some, every = (khoxa("status", *all_, **home).stdout for all_ in ([], ["--all"]))
    with database.engine(warehouse).begin() as connection:
        connection.exec_driver_sql("delete from ops.not_taken where name like 'thừa %%'")
    assert some.count("thừa ") == 40 and "còn 5 dòng, xem hết: khoxa status --all" in some
    assert every.count("thừa ") == 45 and "còn" not in every
    for name in words_beside(report_text.__file__)["status"]:
        last = database.statement(f"status/{name}").splitlines()[-1]
        assert "limit" not in last, f"{name} leaves lines out in silence"


def test_status_of_an_empty_warehouse(warehouse: Settings) -> None:
    done = khoxa("status", KHOXA_HOME=str(warehouse.home))
    assert done.returncode == 0, done.stderr
    assert "missing" not in done.stdout  # nothing came yet, so no day is known to be past


def test_without_a_warehouse_one_sentence_not_a_traceback(tmp_path: Path) -> None:
    done = khoxa("status", KHOXA_WAREHOUSE_URL="postgresql+psycopg2://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "KHOXA_WAREHOUSE_URL" in done.stderr


def test_forms_lists_every_form() -> None:
    done = khoxa("forms")
    for form in ("target_register", "fund_plan", "plan_targets", "commune_report"):
        assert form in done.stdout
