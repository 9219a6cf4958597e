"""What `khoxa verify` finds: a flipped byte of a file, a figure or an aggregate changed by hand;
and who did what stays written down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from etl.ground import audit, database
from etl.ground.config import Settings
from etl.upkeep.verify import WEEKS, verify
from tests.khoxa import khoxa, variables
from tests.night import NOW, Night
from tests.pipeline.test_damaged_copies import flip

REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"


@pytest.fixture(scope="module")
def night(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    inbox = tmp_path_factory.mktemp("inbox")
    for name in (REPORT, REGISTER):
        shutil.copy2(Night.inbox / name, inbox)
    with make_warehouse() as settings:
        night = Night(replace(settings, inbox=str(inbox)), inbox)
        night.go()
        yield night


def change(settings: Settings, statement: str, role: str = "khoxa_loader") -> None:
    with database.engine(settings, role).begin() as connection:
        connection.execute(text(statement))


def test_what_is_as_it_was_filed_is_left_alone(night: Night) -> None:
    before = night.dump()
    assert verify(night.settings, NOW, whole=True) == []
    assert night.dump() == before


def test_the_turn_of_each_filing_comes(night: Night) -> None:
    query = database.statement("upkeep/sample")
    weeks = [(NOW + timedelta(weeks=n)).isocalendar().week % WEEKS for n in range(WEEKS)]
    with database.engine(night.settings).connect() as connection:
        turns = [
            connection.execute(text(query), {"turn": week, "weeks": WEEKS}).scalars().all()
            for week in weeks
        ]
    numbers = [number for (number,) in night.rows("select filing_id from raw.filing")]
    assert sorted(number for turn in turns for number in turn) == sorted(numbers)
    assert len(numbers) == 2


def test_a_flipped_byte_is_named_and_taken_from_the_inbox_or_a_backup(night: Night) -> None:
    [(digest,)] = night.rows(
        "select content_sha256 from raw.filing where original_name = :name", name=REPORT
    )
    raw, filed = night.settings.raw_path(digest), night.inbox / REPORT
    whole = raw.read_bytes()
    flip(raw)
    [said] = verify(night.settings, NOW)
    assert REPORT in said and digest in said and f"đã lấy lại từ {filed}" in said
    assert raw.read_bytes() == whole
    hidden = filed.rename(night.inbox / f".{REPORT}")
    raw.unlink()
    [said] = verify(night.settings, NOW)
    assert REPORT in said and "chép đúng tệp ấy vào hộp nhận" in said
    kept = night.settings.home / "b" / "khoxa_1" / "home" / "raw" / digest[:2] / digest
    kept.parent.mkdir(parents=True)
    kept.write_bytes(whole)
    [said] = verify(replace(night.settings, backup_to=night.settings.home / "b"), NOW)
    assert f"đã lấy lại từ {kept}" in said and raw.read_bytes() == whole
    hidden.rename(filed)


def test_a_figure_changed_by_hand_is_named_by_its_cell(night: Night) -> None:
    [(cell, value)] = night.rows(
        "select cell, value from dw.fact_indicator inner join dw.dim_indicator"
        " using (indicator_key) where indicator_code = 'population' and measure = 'actual'"
    )
    where = f"where sheet = 'Chỉ tiêu' and cell = '{cell}'"
    change(night.settings, f"update dw.fact_indicator set value = value + 1 {where}")
    found = verify(night.settings, NOW, whole=True)
    change(night.settings, f"update dw.fact_indicator set value = {value} {where}")
    assert [said for said in found if said.startswith(REPORT) and f"Chỉ tiêu!{cell}" in said]
    assert [said for said in found if said.startswith("dw.agg_indicator")]
    assert verify(night.settings, NOW, whole=True) == []


def test_an_aggregate_changed_by_hand_is_named(night: Night) -> None:
    where = "where level = 'commune' and unit_map = 'as_filed' and numerator > 1000"
    change(night.settings, f"update dw.agg_indicator set numerator = numerator + 1 {where}")
    found = khoxa("verify", "--all", **variables(night.settings), KHOXA_INBOX=str(night.inbox))
    change(night.settings, f"update dw.agg_indicator set numerator = numerator - 1 {where}")
    assert found.returncode == 1 and "dw.agg_indicator: " in found.stderr


def test_what_was_done_is_only_added_to(night: Night, tmp_path: Path) -> None:
    audit.noted(night.settings, "removed", "thử")
    [(role, login, subject)] = night.rows(
        "select role_name, login, subject from mart.audit where action_vi = 'dọn tệp cũ'"
    )
    assert (role, login, subject) == ("khoxa_loader", audit.login(), "thử")
    for role in ("khoxa_loader", "khoxa_owner"):
        for statement in (
            "update ops.audit set login = 'x'", "delete from ops.audit", "truncate ops.audit",
        ):  # fmt: skip
            with pytest.raises(DBAPIError):
                change(night.settings, statement, role)
    forged = (
        "insert into ops.audit (done_at, role_name, login, action, subject)"
        " values ('2000-01-01', 'postgres', 'x', 'removed', 'giả')"
    )
    change(night.settings, forged)
    assert night.rows(
        "select role_name, done_at > now() - interval '1 hour' from ops.audit where subject = 'giả'"
    ) == [("khoxa_loader", True)]


def test_rights_that_changed_are_written_down_once(night: Night) -> None:
    said = "select count(*) from ops.audit where action = 'rights'"
    before = night.rows(said)
    change(night.settings, "grant select on raw.filing to bi_reader", "khoxa_owner")
    verify(night.settings, NOW)
    verify(night.settings, NOW)
    [(after,)] = night.rows(said)
    assert after == before[0][0] + 1
    change(night.settings, "revoke select on raw.filing from bi_reader", "khoxa_owner")
