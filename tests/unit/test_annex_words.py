"""Every code that the marts can give has words, in both languages."""

from __future__ import annotations

import re

from etl.catalogue.definitions import load_forms
from etl.ground.config import SQL_DIR
from etl.reports.words import said, unit_word, words

MARTS = SQL_DIR / "marts"
# what else a branch can give: shapes of a target, groups, maps, measures
NO_REASON = {
    "change", "level", "exact", "overlapping", "as_filed", "bridged", "own", "baseline",
    # whose figures a target is judged by, and how those of several years become one
    "month", "unit", "each", "fall", "list", "lowest", "year", "sum", "average", "point",
    "plan", "target",  # through what an agency is responsible
}  # fmt: skip
# kinds of words for codes of views
CODED = ("verdicts", "reasons", "states", "gaps", "bases", "paces", "measures", "finding_states",
         "changes")  # fmt: skip


def codes_of_the_marts() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(MARTS.rglob("*.sql")))
    return set(re.findall(r"\b(?:then|else)\s+'([a-z_]+)'", text))


def test_every_reason_verdict_and_state_has_words() -> None:
    found = codes_of_the_marts() - NO_REASON
    # a few of each kind from docs/attainment.md, so that the search cannot come back empty
    assert {"no_actual", "above_its_limit", "text_only", "exceeded", "superseded"} <= found
    known = {code for kind in CODED for code in words()[kind]}
    assert found - known == set()


def test_words_are_vietnamese_first() -> None:
    for kind in ("operators", "periods", *CODED):
        for code, word in words()[kind].items():
            assert set(word) == {"vi", "en"} and all(word.values()), (kind, code)
            assert said(kind, code) == f"{word['vi']} / {word['en']}"
    assert said("reasons", "") == ""


def test_units_and_operators_are_those_of_the_plan_form() -> None:
    columns = load_forms()["plan_targets", "2022"].tables["targets"].columns
    assert set(words()["operators"]) == set(columns["operator"].values)
    for code, spelled in columns["unit"].values.items():
        assert unit_word(code) in spelled
    assert unit_word("unknown_to_words") == "unknown_to_words"
