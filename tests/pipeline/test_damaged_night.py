"""A night on an inbox full of damaged files: each gets its answer, the sound one is loaded."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from etl.ground.config import Settings
from etl.night import reading
from tests.damage import DAMAGE
from tests.night import Night

SOUND = "na_ri_ke_hoach_von_2025.xlsx"


@pytest.fixture(scope="module")
def night(make_warehouse, tmp_path_factory: pytest.TempPathFactory):
    """All kinds in one inbox; file names are numbered so that equal ones do not hide each other."""
    inbox: Path = tmp_path_factory.mktemp("inbox")
    shutil.copy(Night.inbox / SOUND, inbox / SOUND)
    digests = {}
    for number, (kind, damage) in enumerate(sorted(DAMAGE.items())):
        name, content = damage.build()
        (inbox / f"{number:03d}{name[-200:]}").write_bytes(content)
        digests[kind] = hashlib.sha256(content).hexdigest()
    with make_warehouse() as settings, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "TOGETHER", 8)  # fewer to be read again beside one that dies
        done = Night(settings, inbox)
        done.go()
        yield done, digests


def test_enough_kinds_of_damage() -> None:
    assert len(DAMAGE) >= 30


def test_the_sound_file_is_loaded(night: tuple[Night, dict[str, str]]) -> None:
    done, _names = night
    query = "select state from raw.filing where original_name = :name"
    assert done.rows(query, name=SOUND) == [("accepted",)]
    assert done.rows("select count(*) from dw.fact_fund") == [(18,)]


def test_every_damaged_file_has_its_answer(night: tuple[Night, dict[str, str]]) -> None:
    done, digests = night
    answers = {
        digest: (state, rules)
        for digest, state, rules in done.rows(
            "select f.content_sha256, f.state, array_agg(n.rule) from raw.filing f"
            " left join ops.finding n using (filing_id) group by 1, 2"
        )
    }
    for kind, damage in DAMAGE.items():
        state, rules = answers[digests[kind]]
        assert state == "rejected", kind
        assert damage.rule in rules if damage.rule else rules != [None], kind


def test_nothing_of_them_is_loaded(night: tuple[Night, dict[str, str]]) -> None:
    done, _names = night
    (loaded,) = done.rows(
        "select count(distinct filing_id) from (select filing_id from dw.fact_indicator union all"
        " select filing_id from dw.fact_fund union all select filing_id from dw.fact_target) f"
    )
    assert loaded == (1,)


def test_each_of_them_gets_a_return_workbook(
    night: tuple[Night, dict[str, str]],
) -> None:
    done, digests = night
    settings: Settings = done.settings
    assert len([*settings.returns_dir.glob("*.xlsx"), *settings.returns_dir.glob("*.docx")]) == len(
        set(digests.values())
    )
