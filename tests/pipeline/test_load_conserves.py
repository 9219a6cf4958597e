"""Loading loses nothing: figures in are facts out, or a finding says which are not and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from etl import load as load_room
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import FormsChanged, NotConserved
from etl.ground.records import Block
from etl.night import chain
from etl.night.reading import digest
from etl.setup.migrate import migrate
from tests.night import NOW, Night

FILES = {
    "register": "na_ri_muc_tieu_giam_ngheo_2025.xlsx",
    "funds": "na_ri_ke_hoach_von_2025.xlsx",
    "report": "bao_cao_6_thang_2025_kim_hy.xlsx",
}
NOT_LOADED = (
    "select f.original_name, n.sheet, n.cell, n.seen, n.message_vi, n.message_en"
    " from ops.finding n join raw.filing f using (filing_id) where n.rule = 'figure-not-loaded'"
    " order by 1, 2, 3"
)
FACTS = (
    "select count(*) from (select filing_id from dw.fact_indicator union all"
    " select filing_id from dw.fact_fund union all select filing_id from dw.fact_target)"
    " join raw.filing using (filing_id) where original_name = :name"
)
STATES = "select original_name, state from raw.filing"


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in FILES.values():
        shutil.copy2(Night.inbox / name, inbox)
    return Night(fresh_warehouse, inbox)


def owner(night: Night, *sentences: str) -> None:
    with database.engine(night.settings, "khoxa_owner").begin() as connection:
        for sentence in sentences:
            connection.exec_driver_sql(sentence)


def until(night: Night, *steps: str) -> None:
    chain.receive(night.settings, night.inbox, NOW)
    for step in steps:
        getattr(chain, step)(night.settings)


def facts(night: Night, name: str) -> int:
    ((count,),) = night.rows(FACTS, name=FILES[name])
    return int(count)


def test_every_figure_is_a_fact(night: Night) -> None:
    night.go()
    # 17 communes x (households, poor, cut, cut in points, end rate), and what is asked of the
    # district, as the total prints (cut, cut in points, end rate); 9 project lines x 2 sources
    assert facts(night, "register") == 17 * 5 + 3
    assert facts(night, "funds") == 9 * 2
    assert night.rows(NOT_LOADED) == []


CASES: dict[str, tuple[str, str, str, str, str]] = {  # what is taken away, file, seen, vi, en
    "indicator": (
        "delete from dw.dim_indicator where indicator_code = 'labour_export'",
        "report", "labour_export", "kho chưa có chỉ tiêu “labour_export”",
        "the warehouse has no indicator “labour_export”",
    ),
    "target": (
        "delete from dw.dim_indicator where indicator_code = 'poverty_rate_reduction'",
        "register", "poverty_rate_reduction", "kho chưa có chỉ tiêu “poverty_rate_reduction”",
        "no indicator “poverty_rate_reduction”",
    ),
    "fund": (
        "delete from dw.dim_fund where project_code = 'DA3-TDA1' and source = 'NSDP'",
        "funds", "DA3-TDA1 / NSDP", "kho chưa có dự án, nguồn vốn “DA3-TDA1 / NSDP”",
        "no project and source “DA3-TDA1 / NSDP”",
    ),
    "unit of a row": (
        "update dw.dim_commune set valid_to = '2024-12-31' where commune_code = '02152'"
        " and valid_to = '2025-07-01'",
        "register", "02152", "mã đơn vị 02152 không có hiệu lực", "unit code 02152 is not in force",
    ),
    "filer": (
        "update dw.dim_district set valid_to = '2024-12-31' where district_code = '066'",
        "funds", "066", "mã đơn vị báo cáo 066 không có hiệu lực", "code of the filer, 066",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_code_that_the_warehouse_does_not_know_stops_that_filing(
    night: Night, case: tuple[str, str, str, str, str]
) -> None:
    taken, name, seen, vi, en = case
    owner(night, taken)
    night_of_others = {row[0] for row in _loaded(night)}
    found = [row for row in night.rows(NOT_LOADED) if row[0] == FILES[name]]
    assert found and {row[3] for row in found} == {seen}
    assert all(vi in row[4] and en in row[5] and row[2] for row in found)
    assert dict(night.rows(STATES))[FILES[name]] == "rejected"
    assert facts(night, name) == 0
    rejected = {row[0] for row in night.rows(NOT_LOADED)}
    assert night_of_others == set(FILES.values()) - rejected


def _loaded(night: Night) -> list[tuple[Any, ...]]:
    until(night, "read_and_normalise", "check", "load")
    return [row for row in night.rows(STATES) if row[1] == "accepted"]


def test_it_is_read_again_by_itself_once_the_seeds_are_mended(night: Night) -> None:
    owner(night, "delete from dw.dim_indicator where indicator_code = 'labour_export'")
    night.go()
    assert facts(night, "report") == 0
    again = night.go(NOW + timedelta(days=1))
    assert sum(sum(step.values()) for step in again.values()) == 0
    migrate(night.settings)
    night.go(NOW + timedelta(days=2))
    assert night.rows(NOT_LOADED) == []
    assert dict(night.rows(STATES)) == dict.fromkeys(FILES.values(), "accepted")
    assert facts(night, "report") > 0
    again = night.go(NOW + timedelta(days=3))
    assert sum(sum(step.values()) for step in again.values()) == 0


def test_a_cell_that_was_read_twice_stops_that_filing(night: Night) -> None:
    until(night, "read_and_normalise", "check")
    owner(night, "insert into stg.figure select g.* from stg.figure g join stg.slot s using"
                 " (slot_id) where s.kind = 'fund' and g.cell = 'D9'")  # fmt: skip
    chain.load(night.settings)
    ((name, _sheet, cell, seen, vi, _en),) = night.rows(NOT_LOADED)
    assert (name, cell, seen) == (FILES["funds"], "D9", "D9")
    assert "ô D9 được đọc thành hai số liệu" in vi


def losing(name: str, old: str, new: str) -> Callable[[str], str]:
    whole = database.statement

    def statement(asked: str) -> str:
        text = whole(asked)
        assert asked != name or old in text
        return text.replace(old, new) if asked == name else text

    return statement


@pytest.fixture
def before_load(night: Night) -> Iterator[Night]:
    until(night, "read_and_normalise", "check")
    yield night


def test_a_join_that_loses_rows_loads_nothing(
    before_load: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = losing("warehouse/fact_fund", "kind = 'fund'", "kind = 'fund' and code <> 'DA3-TDA1'")
    monkeypatch.setattr(database, "statement", lost)
    with pytest.raises(NotConserved, match=r"na_ri_ke_hoach_von_2025.xlsx .*: 18 → 16.* DA3-TDA1"):
        chain.load(before_load.settings)
    monkeypatch.undo()
    assert {state for _name, state in before_load.rows(STATES)} == {"checked"}
    assert facts(before_load, "register") == 0


def test_staging_writes_nothing_where_a_figure_is_missing(night: Night) -> None:
    until(night)

    def read(sources: list[Any]) -> Iterator[Block]:
        for source in sources:
            block = digest(source, {})
            yield block._replace(figures=block.figures.partition("\n")[2])

    load_room.open_again(night.settings, [], set, read)
    with pytest.raises(NotConserved, match="figures staged"):
        load_room.stage(night.settings, read)
    assert {state for _name, state in night.rows(STATES)} == {"received"}


def test_a_file_that_gives_nothing_waits_and_is_named(night: Night) -> None:
    until(night)

    silent: list[int] = []

    def read(sources: list[Any]) -> Iterator[Block]:
        silent.append(sources[0].filing_id)
        yield from (digest(source, {}) for source in sources[1:])

    load_room.open_again(night.settings, [], set, read)
    assert load_room.stage(night.settings, read) == (2, silent)
    assert sorted(state for _name, state in night.rows(STATES)) == ["received", "staged", "staged"]


def test_an_empty_filing_never_stands_for_one_with_figures(night: Night) -> None:
    night.go()
    book = load_workbook(night.inbox / FILES["funds"])
    book.active["A100"] = "."
    book.save(night.inbox / "lan_2.xlsx")
    chain.receive(night.settings, night.inbox, NOW + timedelta(days=1))
    chain.read_and_normalise(night.settings)
    chain.check(night.settings)
    owner(night, "update stg.figure set state = 'blank', value = null, text = ''",
          "delete from ops.finding where filing_id in"
          " (select filing_id from raw.filing where original_name = 'lan_2.xlsx')")  # fmt: skip
    with pytest.raises(NotConserved, match=r"lan_2.xlsx .*hồ sơ trống"):
        chain.load(night.settings)
    assert dict(night.rows(STATES))[FILES["funds"]] == "accepted"


def test_figures_are_never_judged_by_other_forms_than_they_were_read_by(
    night: Night,
) -> None:
    until(night, "read_and_normalise")
    owner(night, "update stg.slot set slot_id = -slot_id",
          "update stg.slot set slot_id = 1 - slot_id where slot_id < 0")  # fmt: skip
    with pytest.raises(FormsChanged):
        chain.check(night.settings)
    night.go(NOW + timedelta(days=1))
    assert dict(night.rows(STATES)) == dict.fromkeys(FILES.values(), "accepted")
    assert facts(night, "register") == 17 * 5 + 3
