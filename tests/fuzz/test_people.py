"""Thousands of workbooks changed as people and programs change them: nothing accepted that is not
seen, nothing seen that is lost, nothing ordinary refused.

Half of all mutations are these, half are programs' (test_fuzz.py).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Finding, Normalised, ReceivedFile
from etl.night.beside import judged
from etl.normalise import normalise, warm_up
from etl.read import read
from tests.corpus.build import FORMATS
from tests.corpus.edits import edited
from tests.corpus.further_bases import ALL_BASES
from tests.corpus.judge import Verdict, plain, same, verdict
from tests.corpus.model import draw
from tests.corpus.places import tells_of
from tests.corpus.shapes import ODS_SHAPES, SHAPES
from tests.corpus.shapes.package import shaped
from tests.fuzz import COUNT, SEED
from tests.fuzz.filed import Filed, Promise, promise
from tests.fuzz.people_looks import LOOKS
from tests.fuzz.people_words import WORDS

BASES = ("register", "fund_plan", "plan_results", "assignment", "review", "deprivations",
         "commune_report", "plan_results", "assignment", "fund_plan")  # fmt: skip
ENDINGS = {"xlsx": "xlsx", "xls": "xls", "ods": "ods"}


class Outcome(NamedTuple):
    """One mutation: what it promises, and what read and normalise made of it."""

    number: int
    promise: Promise
    filings: list[Normalised]


def mutation(number: int) -> tuple[bytes, str, Promise]:
    """The workbook of a number, its ending, and what is seen of it."""
    random = Random(f"people {SEED}/{number}")
    base = random.choice(BASES)
    filed = Filed(ALL_BASES[base](), random)
    if random.random() < 0.5:
        filed.without_totals()
    changes = random.sample((*LOOKS, *WORDS), random.choice((1, 1, 2)))
    for change in sorted(changes, key=(*LOOKS, *WORDS).index):
        filed.how.append(change.__name__)
        filed.looks_changed |= change in LOOKS
        change(filed)
    format = random.choice(filed.writers)
    if filed.book.edits or any(sheet.page for sheet in filed.book.sheets):
        format = "xlsx"
    pages = [draw(sheet) for sheet in filed.book.sheets]
    name = f"{base} {number}"
    data = edited(FORMATS[format](pages, name), filed.book, name)
    if filed.shapes:
        shapes = SHAPES if format == "xlsx" else ODS_SHAPES
        data = shaped(data, tuple(random.sample(list(shapes), filed.shapes)), number)
    told = promise(filed, pages, format)
    return data, ENDINGS.get(format, "csv"), told._replace(how=f"{told.how} of {base} as {format}")


def digest(job: tuple[int, str]) -> Outcome:
    number, folder = job
    data, ending, told = mutation(number)
    path = Path(folder) / f"{number}.{ending}"
    path.write_bytes(data)
    return Outcome(number, told, normalise(read(ReceivedFile(number << 8, path.name, str(path)))))


def unheard(job: tuple[int, str], failure: Failure) -> Outcome:
    pytest.fail(f"people's mutation {job[0]}: {failure}")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Outcome, Verdict]]:
    warm_up()
    folder = str(tmp_path_factory.mktemp("people"))
    jobs = [(number, folder) for number in range(1, COUNT - COUNT // 2 + 1)]
    groups = guarded_map(
        digest, jobs, chunk=100, workers=2, timeout_s=60, memory_mb=400, on_failure=unheard
    )
    done = [outcome for group in groups for outcome in group]
    found = judged([filing for outcome in done for filing in outcome.filings])
    by_filing: dict[int, list[Finding]] = {}
    for finding in found:
        by_filing.setdefault(finding.filing_id, []).append(finding)
    return [(outcome, _verdict(outcome, by_filing)) for outcome in done]


def _verdict(outcome: Outcome, found: dict[int, list[Finding]]) -> Verdict:
    own = [f for filing in outcome.filings for f in found.get(filing.filing_id, ())]
    return verdict(outcome.filings, own)


def test_nothing_is_accepted_that_is_not_seen(
    outcomes: list[tuple[Outcome, Verdict]],
) -> None:
    wrong = [
        f"{o.number} ({o.promise.how}): {x}" for o, v in outcomes for x in unseen(o.promise, v)
    ]
    assert wrong == [], f"{len(wrong)}\n" + "\n".join(wrong[:30])


def test_nothing_that_is_seen_is_lost(outcomes: list[tuple[Outcome, Verdict]]) -> None:
    lost = [f"{o.number} ({o.promise.how}): {x}" for o, v in outcomes for x in unsaid(o.promise, v)]
    assert lost == [], f"{len(lost)}\n" + "\n".join(lost[:30])


def test_nothing_ordinary_is_refused(outcomes: list[tuple[Outcome, Verdict]]) -> None:
    refused = [
        f"{o.number} ({o.promise.how}): {_rules(v)}"
        for o, v in outcomes
        if o.promise.fair and not v.accepted
    ]
    assert refused == [], f"{len(refused)}\n" + "\n".join(refused[:30])


def test_there_is_enough_of_everything(outcomes: list[tuple[Outcome, Verdict]]) -> None:
    """What nothing survives proves little, nor what everything survives."""
    used = Counter(how for o, _v in outcomes for how in o.promise.how.split(" of ")[0].split(" + "))
    accepted = sum(v.accepted for _o, v in outcomes)
    assert len(outcomes) / 4 < accepted < len(outcomes) * 3 / 4
    assert [c.__name__ for c in (*LOOKS, *WORDS) if used[c.__name__] < len(outcomes) / 60] == []


def _rules(found: Verdict) -> list[tuple[str, str, str]]:
    return sorted({(f.rule, f.cell, f.seen) for f in found.findings})[:3]


def unseen(told: Promise, found: Verdict) -> list[str]:
    """Figures of an accepted workbook that a careful person does not see in it."""
    if not found.accepted:
        return []
    if told.refused:
        return [f"accepted, with {[f.rule for f in found.findings]}"]
    if found.filings != told.filings:
        return [f"taken for {found.filings}"]
    return [
        f"{m.key} {m.column}: read {read.figure} in {read.sheet} {read.cell}, not "
        f"{told.figures[m].figure if m in told.figures else 'a figure'}"
        for m, read in found.figures.items()
        if m not in told.figures or not same({m: read}, {m: _plain(told, m)})
    ]


def unsaid(told: Promise, found: Verdict) -> list[str]:
    """What is seen in an accepted workbook, and is no figure and in no finding."""
    if not found.accepted:
        return []
    lost = [
        f"{m.key} {m.column}: {seen.figure} in {seen.sheet} {seen.cell}"
        for m, seen in told.figures.items()
        if m not in found.figures
        and not any(
            tells_of(f, f"{seen.sheet.replace(' ', '_')}!{seen.cell}") for f in found.findings
        )
    ]
    silent = [f"nothing is said of {place}" for place in told.places
              if not any(tells_of(f, place) for f in found.findings)]  # fmt: skip
    return lost + silent


def _plain(told: Promise, meaning: object) -> object:
    seen = told.figures[meaning]  # type: ignore[index]
    return seen._replace(figure="|".join(plain(one) for one in seen.figure.split("|")))
