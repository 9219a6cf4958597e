"""Every code that the marts can give has words, in both languages."""

from __future__ import annotations

import re

import yaml

from etl.annex.words import said, unit_word, words
from etl.ground.config import ROOT, SQL_DIR

VIEWS = SQL_DIR / "marts" / "views"
# what else a branch of a view can give: shapes of a target, groups, verdicts of mart.target_gap
NO_REASON = {
    "change", "level", "exact", "overlapping",
    "not_assigned", "not_registered", "shape_differs", "short", "covered",
}  # fmt: skip


def codes_of_the_views() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(VIEWS.glob("*.sql")))
    return set(re.findall(r"\b(?:then|else)\s+'([a-z_]+)'", text))


def test_every_reason_verdict_and_state_has_words() -> None:
    found = codes_of_the_views() - NO_REASON
    # a few of each kind from docs/attainment.md, so that the search cannot come back empty
    assert {"no_actual", "above_its_limit", "text_only", "exceeded", "superseded"} <= found
    known = set(words()["reasons"]) | set(words()["verdicts"]) | set(words()["states"])
    assert found - known == set()


def test_words_are_vietnamese_first() -> None:
    for kind in ("bases", "operators", "periods", "verdicts", "reasons", "states"):
        for code, word in words()[kind].items():
            assert set(word) == {"vi", "en"} and all(word.values()), (kind, code)
            assert said(kind, code) == f"{word['vi']} / {word['en']}"
    assert said("reasons", "") == ""


def test_units_and_operators_are_those_of_the_plan_form() -> None:
    path = ROOT / "etl" / "forms" / "plan_targets.yaml"
    columns = yaml.safe_load(path.read_text(encoding="utf-8"))["tables"]["targets"]["columns"]
    assert set(words()["operators"]) == set(columns["operator"]["values"])
    for code, spelled in columns["unit"]["values"].items():
        assert unit_word(code) in spelled
    assert unit_word("unknown_to_words") == "unknown_to_words"
