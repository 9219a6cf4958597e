"""A night over files with hostile values beside sound ones: the sound ones are loaded as in a night
of their own, and each of the others has its answer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from etl.night import reading
from tests.damage.hostile import PLACES, hostile
from tests.khoxa import khoxa, variables
from tests.night import Night

SOUND = (
    "bao_cao_6_thang_2025_kim_hy.xlsx", "na_ri_muc_tieu_giam_ngheo_2025.xlsx",
    "na_ri_ke_hoach_von_2025.xlsx", "thieu_hut_2024_kim_hy.xlsx",
)  # fmt: skip
SEED, MANY = int(os.environ.get("KHOXA_HOSTILE_SEED", "0")), 6 * len(PLACES)
FACTS = (
    "select t::text from {} t join raw.filing g using (filing_id)"
    " where g.original_name = any(:sound) order by 1"
)
TABLES = ("fact_indicator", "fact_fund", "fact_target", "fact_duty", "fact_text")


def _night(make_warehouse, folder: Path, seeds: range):
    folder.mkdir()
    for name in SOUND:
        shutil.copy2(Night.inbox / name, folder)
    for seed in seeds:
        name, content = hostile(seed)
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(content)
    return make_warehouse()


def _sound(night: Night) -> dict[str, list[tuple]]:
    rows = {table: night.rows(FACTS.format(f"dw.{table}"), sound=list(SOUND)) for table in TABLES}
    states = "select original_name, state, warnings from raw.filing"
    return rows | {
        "filings": night.rows(f"{states} where original_name = any(:s) order by 1", s=list(SOUND))
    }


@pytest.fixture(scope="module")
def nights(make_warehouse, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("hostile")
    with (
        _night(make_warehouse, folder / "alone", range(0)) as alone,
        _night(make_warehouse, folder / "beside", range(SEED, SEED + MANY)) as beside,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(reading, "TOGETHER", 8)
        done = [Night(alone, folder / "alone"), Night(beside, folder / "beside")]
        for night in done:
            night.go()
        yield done


def test_sound_files_are_loaded_as_without_the_hostile_ones(nights: list[Night]) -> None:
    alone, beside = map(_sound, nights)
    assert {state for _name, state, _warnings in alone["filings"]} == {"accepted"}
    assert beside == alone


def test_every_hostile_file_has_its_answer(nights: list[Night]) -> None:
    beside = nights[1]
    silent = beside.rows(
        "select original_name, state from raw.filing f where state not in ('accepted', 'rejected')"
        " or state = 'rejected' and not exists"
        " (select from ops.finding n where n.filing_id = f.filing_id and n.severity = 'fail')"
    )
    assert silent == []
    taken, not_taken = beside.rows(
        "select count(*) from raw.filing where part = 1"
        " union all select count(*) from ops.not_taken"
    )
    assert taken[0] + not_taken[0] == MANY + len(SOUND)


def test_none_of_them_met_a_fault_of_ours(nights: list[Night]) -> None:
    assert (
        nights[1].rows(
            "select original_name from raw.filing join ops.finding using (filing_id)"
            " where rule = 'file-not-processed'"
        )
        == []
    )


def test_the_status_and_the_answers_can_be_shown(nights: list[Night]) -> None:
    done = khoxa("status", **variables(nights[1].settings))
    assert done.returncode == 0, done.stderr
