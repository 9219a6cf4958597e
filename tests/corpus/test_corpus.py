"""The corpus: every drawn workbook gives the figures it means, or the findings it deserves."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.records import Finding, Severity
from tests.corpus.build import FOLDER, FORMATS, Built, Case, build, load_cases
from tests.corpus.judge import Figures, Verdict, judge_all, plain, same
from tests.corpus.places import tells_of
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
    shown = _shown(verdict.findings)
    if case.expect == "same" or (case.expect == "same-or-refused" and verdict.accepted):
        if case.expect == "same":
            assert shown == _wanted(case, verdict)
        _assert_right(built, verdict)
        return
    if case.expect != "said":
        assert not verdict.accepted, f"accepted with {shown}"
    elif verdict.accepted:
        assert _not_said(case, built, verdict) == []
    if case.findings is not None:
        assert shown == _wanted(case, verdict)
    failing = [f for f in verdict.findings if case.expect == "said" or _fails(f)]
    for place in case.at:
        told = any(tells_of(f, place) for f in verdict.findings)
        assert told, f"nothing is said of {place}: {shown}"
    if case.at:
        assert any(tells_of(f, place) for f in failing for place in case.at), shown
    if case.rules:
        assert {f.rule for f in failing} & set(case.rules), shown
    if case.sentence:
        read = [_sentence(f) for f in failing]
        assert any(_holds(sentence, case.sentence) for sentence in read), read
    if case.says:
        assert any(_says(f, case.says) for f in failing), [f.params for f in failing]


def test_nothing_wrong_is_accepted(judged: Judged) -> None:
    """Whatever the findings: what would be loaded is what a careful person sees, or nothing is."""
    wrong = [
        case.name
        for case in CASES
        for built, verdict in [judged[case.name]]
        if verdict.accepted
        and not (
            (
                case.expect in ("same", "same-or-refused")
                and same(verdict.figures, _data(built.figures))
                and verdict.filings == frozenset(built.filings)
            )
            or (case.expect == "said" and _not_said(case, built, verdict) == [])
        )
    ]
    assert wrong == []


def test_there_are_enough_and_every_trait_is_in_two() -> None:
    listed = yaml.safe_load((FOLDER / "traits.yaml").read_text(encoding="utf-8"))
    used = Counter(name for case in CASES for name in case.used)
    assert set(TRAITS) | set(FORMATS) == {*listed["filed"], *listed["beyond"]}
    assert [name for name in listed["filed"] if used[name] < 2] == []
    assert [name for name in listed["beyond"] if used[name] < 1] == []
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("format", ["xlsx", "ods", "xls", "csv-utf-16"])
def test_drawing_again_gives_the_same_bytes(format: str) -> None:
    case = next(case for case in CASES if case.format == format)
    assert build(case) == build(case)


def _assert_right(built: Built, verdict: Verdict) -> None:
    assert verdict.filings == frozenset(built.filings)
    assert same(verdict.figures, _data(built.figures)), _differences(verdict.figures, built)
    assert _summed(verdict.sums) >= _summed(_totals(built.figures))


def _differences(read: Figures, built: Built) -> list[object]:
    meant = _data(built.figures)
    return [(m.key, m.column, read.get(m), meant.get(m)) for m in {**read, **meant}
            if not same({m: read.get(m)}, {m: meant.get(m)})]  # fmt: skip


def _not_said(case: Case, built: Built, verdict: Verdict) -> list[object]:
    """What an accepted filing says otherwise than its workbook, but for what is missing where a
    finding tells of it."""
    meant = _data(built.figures)
    return [
        (meaning.key, meaning.column, verdict.figures.get(meaning), meant.get(meaning))
        for meaning in {**verdict.figures, **meant}
        if not same({meaning: verdict.figures.get(meaning)}, {meaning: meant.get(meaning)})
        and not (
            meaning not in verdict.figures
            and any(tells_of(f, meant[meaning].cell) for f in verdict.findings)
        )
    ] + sorted(verdict.filings - frozenset(built.filings))


def _fails(finding: Finding) -> bool:
    return load_rules()[finding.rule].severity == Severity.FAIL


def _says(finding: Finding, texts: tuple[str, ...]) -> bool:
    words = " ; ".join((finding.seen, finding.expected, *(text for _n, text in finding.params)))
    return _holds(words, texts)


def _sentence(finding: Finding) -> str:
    said = render(finding, load_rules()[finding.rule])
    return f"{said.message_vi} {said.fix_vi}"


def _holds(words: str, texts: tuple[str, ...]) -> bool:
    return all(any(one in words for one in text.split("|")) for text in texts)


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
