"""Whatever one filing does to a step, it alone is set aside, with a finding and the cause in the
log; the others are loaded and added up."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from etl import check as check_room
from etl.ground import database
from etl.ground.apart import culprits
from etl.ground.config import Settings
from etl.ground.records import Batch
from tests.night import Night

REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"  # says that Kim Hỷ has 413 households
REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
OTHER = "bao_cao_6_thang_2025_duong_son.xlsx"
FUNDS = "na_ri_ke_hoach_von_2025.xlsx"
STATES = "select original_name, state from raw.filing order by 1"
RULES = (
    "select f.original_name, n.rule from ops.finding n join raw.filing f using (filing_id)"
    " where n.severity = 'fail' order by 1, 2"
)
POOR = (
    "select unit_name, value from mart.indicator_by_unit where indicator_code = 'poor_households'"
    " and unit_map = 'as_filed' and level = 'commune' and measure = 'actual' and value is not null"
)


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in (REGISTER, REPORT, OTHER, FUNDS):
        shutil.copy2(Night.inbox / name, inbox)
    return Night(fresh_warehouse, inbox)


def as_owner(night: Night, sentence: str) -> None:
    with database.engine(night.settings, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql(sentence)


def only_rejected(night: Night, name: str, rule: str) -> None:
    states = dict(night.rows(STATES))
    assert states == {n: "rejected" if n == name else "accepted" for n in states}
    assert night.rows(RULES) == [(name, rule)]
    assert night.rows("select count(*) from stg.touched union all select count(*) from stg.loaded"
                      ) == [(0,), (0,)]  # fmt: skip


# what a table of each step does not take, as a number too large or a key too long would be
@pytest.mark.parametrize(
    ("table", "says"),
    [("stg.figure", "cell <> 'D10' or text <> '163'"),
     ("dw.fact_indicator", "cell <> 'D10' or value <> 163"),
     ("dw.agg_indicator", "value is distinct from 163")],
    ids=["read_and_normalise", "load", "aggregate"],
)  # fmt: skip
def test_what_the_database_does_not_take(
    night: Night, table: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    as_owner(night, f"alter table {table} add constraint poison check ({says})")
    with caplog.at_level(logging.ERROR):
        night.go()
    only_rejected(night, REPORT, "file-not-processed")
    assert "poison" in caplog.text
    assert len(night.rows(POOR)) == 1
    assert sum(sum(step.values()) for step in night.go().values()) == 0


def test_what_no_rule_can_judge(
    night: Night, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = check_room.check

    def poisoned(batch: Batch, docs_dir: Path | None = None):
        if (batch.figures["text"] == "163").any():
            raise ArithmeticError("poison")
        return whole(batch, docs_dir)

    monkeypatch.setattr(check_room, "check", poisoned)
    with caplog.at_level(logging.ERROR):
        night.go()
    only_rejected(night, REPORT, "file-not-processed")
    assert "poison" in caplog.text


def test_a_rule_that_judges_nothing_still_stops_the_night(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(batch: Batch, docs_dir: Path | None = None):
        raise ArithmeticError("a fault of ours")

    monkeypatch.setattr(check_room, "check", broken)
    with pytest.raises(ArithmeticError, match="a fault of ours"):
        night.go()
    assert "rejected" not in dict(night.rows(STATES)).values()


def test_an_accepted_filing_that_breaks_a_check_is_named(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that holds for all but Kim Hỷ, of whose households 39,66 % are poor."""
    sql = database.statement("checks/rate_above_100")
    less = "measure = 'actual' and numerator = 163 and numerator > 0.39 * denominator"
    told = sql.replace("where numerator > denominator", f"where {less}")
    assert told != sql
    told += " and i.indicator_code = 'poverty_rate'"
    whole = database.statement
    monkeypatch.setattr(
        database, "statement", lambda n: told if n == "checks/rate_above_100" else whole(n)
    )
    night.go()
    only_rejected(night, REPORT, "figures-contradict")
    ((said,),) = night.rows("select message_vi from ops.finding where rule = 'figures-contradict'")
    assert "Kim Hỷ" in said and "2025-H1" in said and "Tỷ lệ hộ nghèo" in said
    assert "phần lớn hơn tổng thể" in said
    assert [name for name, _value in night.rows(POOR)] == ["Xã Dương Sơn"]


@pytest.mark.parametrize("bad", [{3}, {0, 7}, set(range(8)), {5, 6}])
def test_every_culprit_and_no_other_is_found(bad: set[int]) -> None:
    asked = []

    def attempt(some) -> None:
        asked.append(some)
        if clash := bad & set(some):
            raise ValueError(max(clash, key=some.index))

    found = culprits(list(range(8)), attempt)
    assert {each: error.args for each, error in found.items()} == {each: (each,) for each in bad}
    assert len(asked) <= 2 * 3 * len(bad) + 2


def test_of_two_that_clash_the_later_is_found() -> None:
    def attempt(some) -> None:
        if {"b", "e"} <= set(some):
            raise ValueError

    assert list(culprits(list("abcdef"), attempt)) == ["e"]


def test_an_error_that_is_no_items_is_raised() -> None:
    def attempt(_some) -> None:
        raise OSError

    with pytest.raises(OSError):
        culprits([1, 2], attempt)
