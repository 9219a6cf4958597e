"""The corpus: every drawn workbook gives the figures it means, or the findings it deserves."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from etl.ground.records import Finding
from tests.corpus.build import FOLDER, Built, Case, build, load_cases
from tests.corpus.judge import Figures, Verdict, judge_all, plain
from tests.corpus.old_writers import WRITERS
from tests.corpus.traits import TRAITS

CASES = load_cases()
Judged = dict[str, tuple[Built, Verdict]]


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Every workbook drawn and judged, as one night's batch."""
    built = {case.name: build(case) for case in CASES}
    verdicts = judge_all(built.values(), tmp_path_factory.mktemp("corpus"))
    return {name: (each, verdicts[each.name]) for name, each in built.items()}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, judged: Judged) -> None:
    built, verdict = judged[case.name]
    if case.accepted:
        assert _shown(verdict.findings) == _wanted(case, verdict)
        assert verdict.filings == frozenset(built.filings)
        assert verdict.figures == _data(built.figures)
        assert _summed(verdict.sums) >= _summed(_totals(built.figures))
    else:
        assert not verdict.accepted, f"accepted with {_shown(verdict.findings)}"
        if case.findings is not None:
            assert _shown(verdict.findings) == _wanted(case, verdict)


def test_nothing_wrong_is_accepted(judged: Judged) -> None:
    """Whatever the findings: what would be loaded is what the filer meant, or nothing is."""
    wrong = [
        case.name
        for case in CASES
        for built, verdict in [judged[case.name]]
        if verdict.accepted
        and not (
            case.accepted
            and verdict.figures == _data(built.figures)
            and verdict.filings == frozenset(built.filings)
        )
    ]
    assert wrong == []


def test_there_are_enough_and_every_trait_is_in_two() -> None:
    listed = yaml.safe_load((FOLDER / "traits.yaml").read_text(encoding="utf-8"))
    used = Counter(name for case in CASES for name in case.used)
    assert set(TRAITS) | set(WRITERS) == {*listed["filed"], *listed["beyond"]}
    assert [name for name in listed["filed"] if used[name] < 2] == []
    assert [name for name in listed["beyond"] if used[name] < 1] == []
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("format", ["xlsx", "ods", "xls", "csv-utf-16"])
def test_drawing_again_gives_the_same_bytes(format: str) -> None:
    case = next(case for case in CASES if case.format == format)
    assert build(case) == build(case)


def _data(figures: Figures) -> Figures:
    return {
        m: f._replace(figure=plain(f.figure))
        for m, f in figures.items()
        if m.key.partition("/")[0] != "total"
    }


def _totals(figures: Figures) -> Figures:
    return {
        m: f._replace(figure=plain(f.figure))
        for m, f in figures.items()
        if m.key.partition("/")[0] == "total"
    }


def _summed(sums: Figures) -> set[tuple[str, ...]]:
    """Sums by form, table, column, place and figure: whether of the table or of some rows."""
    return {(m.form, m.table, m.column, *f) for m, f in sums.items()}


def _shown(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return sorted((f.rule, f.cell) for f in findings)


def _wanted(case: Case, verdict: Verdict) -> list[tuple[str, str]]:
    """The findings as described: where only a part is said of one, that part."""
    left = list(verdict.findings)
    wanted = []
    for described in case.findings or ():
        match = next((f for f in left if _fits(f, described)), None)
        if match:
            left.remove(match)
        cell = described.get("cell", match.cell if match else "?")
        wanted.append((described["rule"], cell))
    return sorted(wanted)


def _fits(finding: Finding, described: dict) -> bool:
    params = dict(finding.params)
    return (
        finding.rule == described["rule"]
        and described.get("cell", finding.cell) == finding.cell
        and described.get("sheet", finding.sheet) == finding.sheet
        and described.get("seen", finding.seen) == finding.seen
        and all(text in params.get(name, "") for name, text in described.get("params", {}).items())
    )
