"""Every kind of damaged input is refused with its rule or read, within bounds, alone."""

import resource
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from etl.ground.config import EXPECTATIONS_DIR
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Finding, ReceivedFile
from etl.read import read
from tests.damage import DAMAGE, sound

GROWTH_MB = 400  # beside some 100 MB that a worker has from its parent: 500 MB
HANGS_S = 600  # memory is what is measured here, on however busy a machine


class Outcome(NamedTuple):
    refused: Finding | None
    notes: list[Finding]
    rows: int
    growth_mb: int


def read_one(received: ReceivedFile) -> Outcome:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    book = read(received)
    for sheet in book.sheets:
        if book.look_again:
            book.look_again(sheet.name, [(0, 0), (1, 1)])
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    rows = sum(len(sheet.rows) for sheet in book.sheets)
    return Outcome(book.refused, book.notes, rows, growth // 1024)


def stalled(received: ReceivedFile, failure: Failure) -> Outcome:
    assert failure.reason in ("died", "memory"), failure
    return Outcome(Finding(received.filing_id, "file-stalled"), [], 0, 0)


def store(folder: Path, number: int, name: str, data: bytes) -> ReceivedFile:
    path = folder / str(number)
    path.write_bytes(data)
    return ReceivedFile(number, name, str(path))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("damage")
    files = [
        store(folder, number, *damage.build()) for number, damage in enumerate(DAMAGE.values())
    ]
    groups = guarded_map(
        read_one,
        files,
        chunk=1,
        workers=2,
        timeout_s=HANGS_S,
        memory_mb=GROWTH_MB,
        on_failure=stalled,
    )
    return dict(zip(DAMAGE, (each for group in groups for each in group), strict=True))


@pytest.mark.parametrize("kind", DAMAGE)
def test_each_kind(outcomes: dict[str, Outcome], kind: str) -> None:
    outcome = outcomes[kind]
    rule = outcome.refused.rule if outcome.refused else None
    assert rule == DAMAGE[kind].rule, outcome
    assert (rule is None) == (outcome.rows > 0)
    assert outcome.growth_mb < GROWTH_MB


def test_a_wrong_extension_is_noted(outcomes: dict[str, Outcome]) -> None:
    noted = {
        kind: dict(note.params)
        for kind, outcome in outcomes.items()
        for note in outcome.notes
        if note.rule == "file-extension"
    }
    assert noted == {
        "csv_named_xlsx": {"extension": "xlsx", "kind": "csv"},
        "xlsx_named_xls": {"extension": "xls", "kind": "xlsx"},
        "no_extension": {"extension": "", "kind": "xlsx"},
    }


def test_a_far_cell_is_named(outcomes: dict[str, Outcome]) -> None:
    refused = outcomes["far_corner"].refused
    assert refused is not None
    assert (refused.cell, refused.params) == ("XFD1048576", (("cell", "XFD1048576"),))


def test_every_rule_has_its_sentence_and_its_kind(outcomes: dict[str, Outcome]) -> None:
    text = (EXPECTATIONS_DIR / "reading.yaml").read_text(encoding="utf-8")
    known = {entry["rule"] for entry in yaml.safe_load(text)["rules"]}
    met = {outcome.refused.rule for outcome in outcomes.values() if outcome.refused}
    of_sound_files = {"file-several-filings", "file-earlier-beside", "file-earlier-kept"}
    of_sound_files |= {"file-blank-left-out", "file-same-time", "file-as-last-year"}
    of_sound_files |= {"file-year-passed"}
    assert met | {"file-extension", "file-not-processed"} == {
        rule for rule in known - of_sound_files if rule.startswith("file-")
    }


def test_good_files_beside_poisoned_ones_are_read(tmp_path: Path) -> None:
    good = ("good.xlsx", sound())
    files = [good, DAMAGE["multiplied_text"].build(), good, DAMAGE["far_corner"].build(), good]
    files = [store(tmp_path, number, *file) for number, file in enumerate(files)]
    [chunk] = guarded_map(
        read_one,
        files,
        chunk=8,
        workers=2,
        timeout_s=HANGS_S,
        memory_mb=GROWTH_MB // 4,
        on_failure=stalled,
    )
    rules = [outcome.refused.rule if outcome.refused else "" for outcome in chunk]
    assert rules == ["", "file-stalled", "", "file-too-wide", ""]


def test_there_are_enough_kinds() -> None:
    assert len(DAMAGE) >= 32
    assert Counter(damage.description for damage in DAMAGE.values()).most_common(1)[0][1] == 1
