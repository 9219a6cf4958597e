"""Real workbooks: read, checked and answered by day, loaded by night; what `make run` writes."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl

from etl.ground.config import ROOT, Settings
from etl.night import chain
from tests.helpers.mail_office import Office, body, mail_server
from tests.khoxa import khoxa, variables
from tests.night import SAMPLES, Night

DAY = datetime.fromisoformat("2025-06-10T15:00:00+07:00")
NIGHT = datetime.fromisoformat("2025-06-10T22:40:00+07:00")
GOOD, BAD = "bao_cao_6_thang_2025_kim_hy.xlsx", "bao_cao_6_thang_2025_van_lang_lan_2.xlsx"


def test_by_day_answered_by_night_loaded_and_told_once(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in (GOOD, BAD):
        shutil.copy(SAMPLES / "inbox" / name, inbox)
    chain.receive(office.settings, inbox, DAY)
    # of samples/local/senders.csv, by which the night fills the table
    for key, file, sender in (("m1", GOOD, "kimhy"), ("m2", BAD, "vanlang")):
        office.message(key, of=f"{sender}@example.org", at=DAY)
        office.do(
            "insert into ops.attachment select :key, 1, original_name, content_sha256, filing_id"
            " from raw.filing where original_name = :file",
            key=key, file=file,
        )  # fmt: skip
    with mail_server() as server:
        assert office.answer(server.mailer(), DAY) == {"composed": 0}
        chain.read_and_normalise(office.settings)
        chain.check(office.settings)
        chain.publish(office.settings)
        assert office.answer(server.mailer(), DAY) == {"composed": 2, "sent": 2}
        for step in ("load", "aggregate", "publish"):
            getattr(chain, step)(office.settings)
        assert office.answer(server.mailer(), NIGHT) == {"composed": 0}
    good, bad = server.mails
    # the 24 counts and 36 amounts that the night then loads
    loaded = office.do(
        "select (select count(*) from dw.fact_indicator where state = 'value'),"
        " (select count(*) from dw.fact_fund where state = 'value')"
    )
    assert loaded == [(24, 36)]
    assert "được nhận, 60 số liệu; sẽ có trên kho số liệu" in body(good)
    assert list(good.iter_attachments()) == []
    assert bad["Subject"].startswith("Trả lại: Báo cáo kết quả")
    (paper,) = bad.iter_attachments()
    book = openpyxl.load_workbook(io.BytesIO(paper.get_content()))
    assert book.sheetnames == ["Kết quả kiểm tra", "Chỉ tiêu", "Kinh phí", "Check results"]
    findings = office.do("select cell from ops.finding where severity = 'fail' and cell <> ''")
    assert findings and all(cell in body(bad) for (cell,) in findings)


def test_the_samples_write_some_mails_and_status_says_so(after_samples) -> None:
    with after_samples() as settings:
        settings = replace(settings, local_folder=ROOT / "samples" / "local")
        done = chain.answer(settings)
        assert done["composed"] == done["written"] == len(Office(settings, settings.home).letters())
        assert 3 <= done["written"] <= 20
        assert chain.answer(settings)["composed"] == 0
        environment = variables(settings) | {"KHOXA_LOCAL": str(ROOT / "samples" / "local")}
        said = khoxa("status", **environment).stdout
        assert f"Thư: {done['written']} đã viết trong {settings.mails_dir} (chạy thử)" in said
        listed = khoxa("mail", "list", **environment).stdout
        assert "Đã nhận" in listed and "đã ghi thành tệp" in listed and "written" not in listed
        shown = khoxa("mail", "show", 1, **environment).stdout
        assert "Kính gửi" in shown and "loại thư: báo đã nhận" in shown
        none = khoxa("mail", "show", 999, **environment)
        assert none.returncode == 1 and "không có thư số 999" in none.stderr
        gone = khoxa("mail", "retry", 1, **environment)
        assert gone.returncode == 1 and "không còn gì để gửi" in gone.stderr
        assert Night(settings).rows("select distinct state from ops.outbox") == [("written",)]


def test_a_bi_tool_sees_no_address(warehouse: Settings) -> None:
    for table in ("ops.outbox", "ops.told", "ref.sender", "ops.message"):
        done = khoxa("sql", f"select * from {table}", **variables(warehouse))
        assert done.returncode != 0, table
