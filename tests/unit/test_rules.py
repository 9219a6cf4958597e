"""The catalogue of finding sentences: whole, bilingual, filled in as the rooms fill it in."""

import re
from pathlib import Path

import pytest

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import READING, Rule, fill, render
from etl.ground.errors import BrokenRule
from etl.ground.records import Finding, Severity

RULES = load_rules()
RULE = """
  - rule: a-rule
    severity: fail
    vi: "Sai."
    en: "Wrong."
    fix: {vi: "Sửa.", en: "Mend."}
"""
# What a finding carries itself, and the params that inbox, read and normalise give it.
OWN = {"seen", "sheet", "cell", "expected"}
READING_PARAMS = {
    "inbox-folder": {"name"},
    "inbox-link": {"name"},
    "inbox-special": {"name"},
    "inbox-changing": {"name"},
    "inbox-name": {"name"},
    "inbox-log-time": {"name"},
    "inbox-log-far": {"name", "time"},
    "inbox-unreadable": {"name", "why"},
    "inbox-log": {"name", "why"},
    "inbox-too-large": {"name", "limit_mb"},
    "file-too-wide": {"cell"},
    "file-two-texts": {"cell", "stored", "shown"},
    "sheet-name-long": {"most"},
    "figures-contradict": {"why_vi", "why_en"},
    "file-extension": {"kind", "extension"},
    "file-old-format": {"kind"},
    "personal-data": {"header"},
    "form-unknown": {
        "sheets",
        "title",
        "by_title_vi",
        "by_title_en",
        "by_header_vi",
        "by_header_en",
        "wanted",
    },
    "form-broken": {"form_vi", "form_en", "file", "line"},
    "agency-unlisted": {"nearest"},
    "date-serial": {"meant"},
    "measure-converted": {"unit", "wanted", "factor"},
    "measure-blank": {"other", "first", "wanted"},
    "date-shown": {"stored", "shown"},
    "figure-not-loaded": {"count", "why_vi", "why_en"},
    "form-table-missing": {"form", "table"},
    "form-table-repeated": {"table"},
    "file-several-filings": {"count", "sheets"},
    "file-blank-left-out": {"title"},
    "file-earlier-beside": {"later"},
    "file-earlier-kept": {"count", "file"},
    "file-same-time": {"others", "used"},
    "file-year-passed": {"year", "next_year", "received", "due", "file"},
    "target-hundredth": {"name_vi", "name_en", "other", "source"},
    "money-thousandfold": {"now", "before", "source"},
    "sources-exchanged": {
        *("one_vi", "one_en", "one", "one_before", "source"),
        *("other_vi", "other_en", "other", "other_before"),
    },
    "counts-exchanged": {
        *("one_vi", "one_en", "one_before"),
        *("other_vi", "other_en", "other_before", "other_cell", "other_seen", "file"),
    },
    "file-as-last-year": {"same", "count", "year", "file"},
    "header-missing": {"header", "nearest", "known"},
    "header-absent": {"header"},
    "file-word-old": {"kind"},
    "word-tracked": {"count"},
    "word-object": {"count"},
    "word-prose": {"count"},
    "measure-stated": {"wanted"},
    "measure-unstated": {"wanted"},
    "measure-differs": {"wanted"},
    "column-unread": {"header"},
    "columns-other-year": {"years", "cells"},
    "column-corrected": {"header", "other", "was"},
    "header-duplicate": {"header", "first", "second"},
    "header-changed": {"rows"},
    "table-continued": {"table", "first"},
    "table-overlaps": {"table", "first", "rows"},
    "sheet-untitled": {"form", "form_en"},
    "table-empty": {"table"},
    "form-unfilled": {"form", "form_en"},
    "rows-only-sums": {"table"},
    "row-hidden": {"rows"},
    "total-of-shown": {"all", "rows"},
    "title-hidden": {"rows"},
    "header-hidden": {"rows"},
    "column-hidden": {"other", "other_header"},
    "column-unnamed": {"column"},
    "figure-merged": {"range", "first"},
    "cell-under-merge": {"range"},
    "year-outside": {"year", "first", "last"},
    "standard-differs": {"words", "years", "standard"},
    "period-missing": {"periods_vi", "periods_en", "taken_vi", "taken_en"},
    "period-not-on-form": {"words", "periods_vi", "periods_en", "taken_vi", "taken_en"},
    "periods-differ": {"words", "taken_vi", "taken_en"},
    "title-status": {"words", "meaning_vi", "meaning_en", "takes_vi", "takes_en"},
    "title-changed": {"words"},
    "title-words": {"words", "wanted"},
    "filer-part": {"words", "unit"},
    "title-reference": {"words", "takes_vi", "takes_en"},
    "filer-unknown": {"suggestions", "on"},
    "filer-ambiguous": {"units"},
    "filer-level-unclear": {"district"},
    "filer-code-differs": {"title_vi", "title_en", "other_vi", "other_en"},
    "blank-differs": {"title_vi", "title_en", "other_vi", "other_en"},
    "filer-one-district": {"district"},
    "filer-renamed": {"on", "unit", "was_vi", "was_en"},
    "filer-ended": {"on", "unit", "until", "now_vi", "now_en"},
    "filer-not-yet": {"on", "unit", "since", "now_vi", "now_en"},
    "filer-two-dates": {"on", "units_vi", "units_en"},
    "unit-unknown": {"suggestions"},
    "unit-ambiguous": {"units"},
    "unit-renamed": {"on", "unit", "was_vi", "was_en"},
    "unit-ended": {"on", "unit", "until", "now_vi", "now_en"},
    "unit-not-yet": {"on", "unit", "since", "now_vi", "now_en"},
    "unit-two-dates": {"on", "units_vi", "units_en"},
    "unit-repeated": {"label", "first"},
    "item-unknown": {"suggestions"},
    "item-repeated": {"label", "first"},
    "item-missing": {"label"},
    "unit-missing": {"count", "units"},
    "unit-in-wrong-group": {"group"},
    "line-unknown": {"lines"},
    "line-missing": {"lines"},
    "header-other-period": {"words", "taken_vi", "taken_en"},
    "note-changes": {"words"},
    "comment-changes": {"words"},
    "figure-covered": {"held"},
    "comment-unsure": {"words"},
    "prompt-changes": {"words"},
    "page-words": {"words", "wanted", "unit"},
    "note-other-time": {"words", "taken_vi", "taken_en"},
    "note-unsure": {"words"},
    "signed-elsewhere": {"place", "unit"},
    "signed-early": {"words", "taken_vi", "taken_en"},
    "label-other-indicator": {"code", "name"},
    "label-other-people": {"code", "name"},
    "label-other-time": {"code", "name"},
    "label-unlike": {"code", "name"},
    "target-unit-differs": {"name", "wanted"},
    "target-condition-differs": {"words"},
    "sheet-hidden-only": {"other"},
    "csv-split-decimals": {"header", "before"},
    "number-ambiguous": {"first", "second"},
    "number-shown": {"stored", "shown"},
    "cell-invisible": {"stored"},
    "zero-hidden": {"cells"},
    "cell-faint": {"cells"},
    "sheet-draft": {"sheet"},
    "cell-struck": {"stored", "left"},
    "row-struck": {"row"},
    "cell-raised": {"stored", "left"},
    "cell-stale": {"stored", "computed"},
    "cell-volatile": {"function"},
    "cell-conditional": {"stored"},
    "number-both-marks": {"first", "second"},
    "number-character": {"characters"},
    "number-date": {"first", "second"},
    "value-unknown": {"allowed"},
    "mail-not-theirs": {"sender", "unit"},
    "figure-corrected": {"value", "by", "on", "reason", "told"},
}


READING_PARAMS |= {  # of a file in the mail, of a message that waits: its name
    code: {"name"}
    for code in (
        "mail-waits", "mail-beside", "mail-too-many", "mail-wrapped", "mail-archive",
        "mail-no-document", "mail-zip-locked", "mail-zip-broken", "mail-zip-too-large",
        "mail-zip-empty", "mail-part-broken",
    )
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_says_what_is_wrong_and_what_to_do_in_both_languages(rule: Rule) -> None:
    texts = (rule.vi, rule.en, rule.fix.vi, rule.fix.en)
    assert all(text == text.strip() and text.endswith(".") for text in texts)
    assert rule.vi != rule.en and rule.fix.vi != rule.fix.en


@pytest.mark.parametrize("code", [c for c, rule in RULES.items() if rule.suite == READING])
def test_a_reading_rule_asks_only_for_what_its_room_gives(code: str) -> None:
    assert RULES[code].placeholders <= OWN | READING_PARAMS.get(code, set())


def test_render_fills_in_params_and_the_finding_itself() -> None:
    params = (("first", "1337"), ("second", "1,337"))
    finding = Finding(7, "number-ambiguous", "Chỉ tiêu", "D10", "1,337", params=params)
    rendered = render(finding, RULES["number-ambiguous"], strict=True)
    assert rendered.message_vi == "Ô D10: “1,337” có thể hiểu là 1337 hoặc 1,337."
    assert rendered.message_en == "Cell D10: “1,337” may mean 1337 or 1,337."
    assert (rendered.filing_id, rendered.sheet, rendered.cell) == (7, "Chỉ tiêu", "D10")
    assert (rendered.severity, rendered.seen, rendered.expected) == (Severity.FAIL, "1,337", "")


def test_a_missing_placeholder_raises_in_tests_and_shows_an_ellipsis_at_night() -> None:
    finding = Finding(7, "item-missing")
    with pytest.raises(KeyError, match="label"):
        render(finding, RULES["item-missing"], strict=True)
    assert render(finding, RULES["item-missing"]).message_vi == "Thiếu dòng “…”."


def test_an_empty_param_shows_an_ellipsis_too() -> None:
    assert fill("gần giống: {suggestions}", {"suggestions": ""}, strict=True) == "gần giống: …"


def test_filed_text_with_braces_is_not_filled_in_again() -> None:
    assert fill("“{seen}”", {"seen": "{sheet} {0!r}", "sheet": "x"}) == "“{sheet} {0!r}”"


def test_expected_comes_from_the_finding_else_from_the_rule() -> None:
    rule, params = RULES["poor-not-above-households"], (("households", "413"),)
    assert render(Finding(1, rule.rule, params=params), rule).expected == "≤ 413"
    assert render(Finding(1, rule.rule, expected="≤ 12"), rule).expected == "≤ 12"


def read(folder: Path, text: str, name: str = "b.yaml") -> dict[str, Rule]:
    (folder / name).write_text(text, encoding="utf-8")
    return load_rules(folder)


def test_a_suite_is_read_with_its_file_and_its_rules_in_order(tmp_path: Path) -> None:
    text = "suite: reading\nrules:" + RULE + RULE.replace("a-rule", "another")
    rules = read(tmp_path, text)
    assert list(rules) == ["a-rule", "another"]
    assert (rules["another"].file, rules["another"].suite) == ("b.yaml", "reading")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("suite: reading\nrules:" + RULE + "    remedy: x\n", "a-rule.*remedy"),
        ("suite: reading\nrules:" + RULE.replace('en: "Mend."', ""), "a-rule.*en"),
        ("suite: reading\nrules:" + RULE.replace("fail", "fatal"), "a-rule.*severity"),
        ("suite: reading\nrules:" + RULE.replace("a-rule", "A rule"), "A rule.*pattern"),
        ("suite: reading\nrules:" + RULE + "    suite: common\n", "a-rule.*cannot be set"),
        ("suite: reading\nrules:" + RULE + "    frame: cells\n", "a-rule.*go together"),
        ("suite: reading\nrules:" + RULE + "    cell: value\n", "a-rule.*need `expect`"),
        ("suite: common\nrules:" + RULE, "a-rule.*without `expect`"),
        ("suite: comune_report\nrules:" + RULE, "nearest: “commune_report”"),
        ("suite: reading\nrules:\n", "rules"),
        ("suite: reading\nrules: []\nowner: x\n", "owner"),
        ("suite: [\n", "not valid YAML"),
    ],
)
def test_what_departs_from_the_schema_is_a_broken_rule(
    tmp_path: Path, text: str, named: str
) -> None:
    with pytest.raises(BrokenRule, match=rf"(?s)^b\.yaml: .*{named}"):
        read(tmp_path, text)


def test_a_code_is_used_once_over_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("suite: reading\nrules:" + RULE, encoding="utf-8")
    with pytest.raises(BrokenRule, match=r"b\.yaml: rule 'a-rule': .*a\.yaml"):
        read(tmp_path, "suite: reading\nrules:" + RULE)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_sentence_talks_like_a_program(rule: Rule) -> None:
    """For a commune officer: cell addresses, no column numbers, no names of exceptions or code."""
    for text in (rule.vi, rule.en, rule.fix.vi, rule.fix.en):
        plain = re.sub(r"\{[^{}]*\}|“[^”]*”", "", text)
        assert not re.search(r"Error|Exception|Traceback|None|NaN|null|\w_\w", plain), text
        assert not re.search(r"(?i)column (?:no\.|number|\d)|cột (?:số|thứ) ?\d", plain), text
