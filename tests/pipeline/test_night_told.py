"""What a night says of itself: lines of its steps, its page, and what a failed step tells."""

from __future__ import annotations

import logging
import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.exc import OperationalError

from etl.catalogue.corrections import FailedCorrections
from etl.ground import database
from etl.ground.config import Settings
from etl.night.told import book as books
from etl.night.told import page, steps
from tests.night import SAMPLES

FIRST = datetime.fromisoformat("2025-06-20T22:30:00+07:00")
SECOND = datetime.fromisoformat("2025-06-21T22:30:00+07:00")
KIM_HY, VAN_LANG, REGISTER = (
    "bao_cao_6_thang_2025_kim_hy.xlsx",
    "bao_cao_6_thang_2025_van_lang_lan_2.xlsx",
    "na_ri_muc_tieu_giam_ngheo_2025.xlsx",
)
LATER = ("read_and_normalise", "check", "load", "aggregate", "publish", "answer", "record")


def go(settings: Settings, inbox: Path, started: datetime) -> dict[str, list[str]]:
    """One whole night; the Vietnamese lines of each step."""
    steps.receive(settings, inbox, started, started)
    for step in LATER:
        steps.take(settings, step, started)
    book = books.book_of(settings, started)
    return {step: [vi for vi, _en in done["lines"]] for step, done in book.steps.items()}


def shown(settings: Settings, stem: str) -> str:
    return (settings.summaries_dir / f"{stem}.html").read_text(encoding="utf-8")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "thư mục <b>").mkdir(parents=True)
    for name in (KIM_HY, VAN_LANG, REGISTER):
        shutil.copy(SAMPLES / "inbox" / name, folder)
    return folder


def filed_again(inbox: Path) -> None:
    """Kim Hỷ files anew: 170 poor households, not 163; poor and near-poor are 170 + 53 = 223."""
    book = load_workbook(inbox / KIM_HY)
    sheet = book["Chỉ tiêu"]
    for cell, value in {
        "D10": 170, "F10": 41.36,  # 170 / 411
        "E14": 223, "F14": 69.96, "E15": 223, "F15": 70.4,  # 156 and 157 of 223
    }.items():  # fmt: skip
        sheet[cell] = value
    book.save(inbox / "kim_hy_lan_2.xlsx")


def test_two_nights_say_what_happened(
    fresh_warehouse: Settings, inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "etl.night.told")
    said = go(fresh_warehouse, inbox, FIRST)
    assert said["receive"][0] == f"Nhận 3 tệp mới: {KIM_HY}, {VAN_LANG}, {REGISTER}."
    assert "thư mục <b>" in said["receive"][1]
    assert said["read_and_normalise"][0].startswith("Đọc 3 tệp, 3 hồ sơ: ")
    assert any("(numerator-not-above-denominator): 1 chỗ trong 1 hồ sơ, của Xã Văn Lang" in line
               for line in said["check"])  # fmt: skip
    assert said["load"][0] == "Được nhận 2 hồ sơ, trả lại 1 hồ sơ."
    assert VAN_LANG in said["load"][1] and "Chỉ tiêu D10" in said["load"][1]
    assert any("dw.agg_indicator" in line for line in said["aggregate"])
    assert said["publish"][0].startswith("Viết 1 tệp trả lại vào ")
    assert f"Nhận 3 tệp mới: {KIM_HY}, {VAN_LANG}, {REGISTER}. / New files: 3." in caplog.text

    filed_again(inbox)
    said = go(fresh_warehouse, inbox, SECOND)
    assert said["receive"][0] == "Nhận 1 tệp mới: kim_hy_lan_2.xlsx."
    assert said["load"][0] == "Được nhận 1 hồ sơ, trả lại 0 hồ sơ."
    changed = "Xã Kim Hỷ, Số hộ nghèo, 6 tháng 2025: 163 → 170 (đã đổi)."
    assert [line for line in said["load"] if "163 → 170" in line] == [changed]
    # of 20 households fewer that the district asks for, 173 - 163 = 10 are half; 173 - 170 = 3
    assert any("Đúng tiến độ → Chậm" in line for line in said["aggregate"])

    html = shown(fresh_warehouse, "2025-06-21")
    assert "<body>\n<main>" in html
    for told in ('163</td><td class="n">170', "Đúng tiến độ</td><td>Chậm", "thư mục &lt;b&gt;"):
        assert told in html, told
    assert not re.search(r"https?://|<script|src=", html)
    assert re.search(r"nhận tệp [\d,]+ \([\d,]+\); đọc tệp", html), "beside the night before"
    book = books.book_of(fresh_warehouse, SECOND)
    subject, text, letter = page.letter(fresh_warehouse, book)
    assert letter == html and changed in text
    assert subject == "khoxa 21/06/2025: được nhận 1, trả lại 0, 1 việc cần người xem"


def test_what_a_new_version_asks_at_the_same_place_was_judged_before(
    fresh_warehouse: Settings, inbox: Path
) -> None:
    go(fresh_warehouse, inbox, FIRST)
    book = load_workbook(inbox / REGISTER)
    sheet = book["Biểu mục tiêu"]
    for cell, value in {
        "F12": 25, "G12": 6.05, "H12": 35.84,  # of 413 households; 173 - 25 stay poor
        "F28": 366, "G28": 3.55, "H28": 25.33,  # of 10 307; 2 977 - 366
    }.items():  # fmt: skip
        sheet[cell] = value
    book.save(inbox / "ban_2.xlsx")
    said = go(fresh_warehouse, inbox, SECOND)
    assert said["load"][0] == "Được nhận 1 hồ sơ, trả lại 0 hồ sơ."
    # 10 households fewer by half-year are half of 20, and not of 25
    assert any("Đúng tiến độ → Chậm" in line for line in said["aggregate"])
    assert not any("mới có đánh giá" in line for line in said["aggregate"])


def test_a_night_without_new_files_says_so(fresh_warehouse: Settings, tmp_path: Path) -> None:
    said = go(fresh_warehouse, tmp_path, FIRST)
    assert [lines[0] for lines in said.values()] == [
        "Không có tệp mới.", "Không có tệp nào phải đọc.", "Không có hồ sơ nào phải kiểm tra.",
        "Không có hồ sơ nào phải nạp.", "Không có số liệu nào phải tính lại.",
        "Không có tệp trả lại nào phải viết.", "Không có thư nào phải gửi.",
    ]  # fmt: skip
    assert "Không có việc nào." in shown(fresh_warehouse, "2025-06-20")


def test_a_message_that_waits_for_a_word_of_a_person_is_asked_about(
    fresh_warehouse: Settings,
) -> None:
    with database.engine(fresh_warehouse).begin() as connection:
        connection.exec_driver_sql(
            "insert into ops.message (message_key, mailbox, message_id, from_address, subject,"
            " received_at, state, rule, collected_on, size_bytes) values ('k', 'hop_thu', '',"
            " 'ai_do@example.org', 'Báo cáo <script>', '2025-06-20T09:00:00+07:00', 'quarantined',"
            " 'sender-unknown', '2025-06-20', 1)"
        )
    steps.close(fresh_warehouse, FIRST)
    html = shown(fresh_warehouse, "2025-06-20")
    assert "Thư chờ duyệt của ai_do@example.org: Báo cáo &lt;script&gt;" in html


def test_what_filings_a_night_decided_is_known_after_a_kill_and_a_rerun(
    fresh_warehouse: Settings, inbox: Path
) -> None:
    steps.receive(fresh_warehouse, inbox, FIRST, FIRST)
    for step in ("read_and_normalise", "check", "load"):
        steps.take(fresh_warehouse, step, FIRST)
    assert steps.take(fresh_warehouse, "load", FIRST) == {}, "cleared, nothing is left to load"
    for step in ("aggregate", "publish", "answer", "record"):
        steps.take(fresh_warehouse, step, FIRST)
    assert "Được nhận 2, trả lại 1." in shown(fresh_warehouse, "2025-06-20")


def test_a_correction_that_does_not_fit_is_said_and_asked_of_a_person(
    fresh_warehouse: Settings, inbox: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    corrections = tmp_path / "corrections.yaml"
    corrections.write_text(
        "- {form: commune_report, unit: '01942', year: '2025', period: H1, sheet: Chỉ tiêu, "
        "cell: D10, guard: '999', value: '160', reason: gõ nhầm, told: UBND xã, "
        "on: '2025-06-19', by: Sở}\n",
        encoding="utf-8",
    )
    settings = replace(fresh_warehouse, corrections=str(corrections))
    code = load_code(settings, inbox)
    corrections.write_text(corrections.read_text("utf-8").replace("01942", code), encoding="utf-8")
    load_workbook(inbox / VAN_LANG).save(inbox / "van_lang_lan_3.xlsx")  # as wrong as before
    with pytest.raises(FailedCorrections):
        go(settings, inbox, SECOND)
    steps.take(settings, "publish", SECOND)  # as somebody who clears it
    with pytest.raises(FailedCorrections) as raised:
        steps.take(settings, "answer", SECOND)
    told = books.book_of(settings, SECOND).steps["publish"]
    assert told["counts"] == {"returned": 1}, "the first try's return workbook stays told"
    steps.failed(settings, "answer", SECOND, raised.value)
    steps.close(settings, SECOND)
    html = shown(settings, "2025-06-21")
    assert "Tác vụ không xong" in html and "Đính chính không khớp" in html
    assert "Sửa hoặc bỏ dòng đó trong tệp đính chính" in html
    assert "Việc cần làm: Sửa hoặc bỏ dòng đó trong tệp đính chính" in caplog.text
    assert "có tác vụ không xong (answer)" in page.headline(books.book_of(settings, SECOND))


def load_code(settings: Settings, inbox: Path) -> str:
    """Kim Hỷ's code, from a night on its report."""
    from tests.night import Night

    plain = replace(settings, corrections=Settings.corrections)
    go(plain, inbox, FIRST)
    ((code,),) = Night(plain).rows(
        "select filer_code from raw.filing where original_name = :name", name=KIM_HY
    )
    return str(code)


def test_a_night_whose_warehouse_is_gone_still_has_its_page(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path, inbox="", warehouse_url="postgresql+psycopg2://nobody@127.0.0.1:1/none"
    )
    with pytest.raises(OperationalError) as raised:
        steps.receive(settings, tmp_path, FIRST, FIRST)
    steps.failed(settings, "receive", FIRST, raised.value)
    path = steps.close(settings, FIRST)
    assert path.name == "2025-06-20.html"
    html = path.read_text(encoding="utf-8")
    assert "Kho dữ liệu (PostgreSQL) không trả lời" in html and "khoxa db start" in html
    assert settings.last_run.exists()


def test_nights_of_one_day_have_pages_of_their_own_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOXA_KEEP_NIGHTS", "2")
    settings = Settings(home=tmp_path, inbox="")
    for started in (FIRST, FIRST.replace(hour=23), SECOND):
        path = books.book_of(settings, started).write(settings)
        path.with_suffix(".html").touch()
    books.prune(settings)
    assert sorted(p.name for p in settings.summaries_dir.iterdir()) == [
        "2025-06-20_2.html", "2025-06-20_2.json", "2025-06-21.html", "2025-06-21.json",
    ]  # fmt: skip
