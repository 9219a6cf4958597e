"""The catalogue of every finding sentence, read from expectations/*.yaml.

A file is a suite: `reading` (rules that the inbox, read and normalise rooms emit themselves),
`common` (rules for all forms) or a form's name. A rule with `expect` is judged by the check
room; one without is only a sentence. Templates hold {placeholders}, filled from a finding's
params and from its own seen, expected, sheet and cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pydantic import Field, model_validator

from etl.catalogue.forms import Bilingual
from etl.ground.odd_characters import by_name
from etl.ground.records import Finding, Severity
from etl.ground.spec import Spec

READING = "reading"
COMMON = "common"
MISSING = "…"
_COLUMN_ARGUMENTS = ("column", "column_A", "column_B", "column_list")
_LANGUAGES: tuple[Literal["vi"], Literal["en"]] = ("vi", "en")
_AS_TYPED = frozenset({"text-legacy-unclear"})  # its text is in an encoding where all are letters
# places in a Word file (normalise.texts.word_places), and the same in English
_PLACE = re.compile(r"(?:hàng|dòng) \d")
_PLACES_EN = (
    (re.compile(r"\bhàng (\d+), cột (\d+)"), r"row \1, column \2"),
    (re.compile(r"\bdòng (\d+) phía trên bảng"), r"line \1 above the table"),
    (re.compile(r"\bdòng (\d+) phía dưới bảng"), r"line \1 below the table"),
    (re.compile(r"\bBảng (\d+)(?=$|, )"), r"Table \1"),
)
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class Rule(Spec):
    """One rule; `file` and `suite` come from where it stands, the rest from its entry.

    frame: what it judges (`cells`, `filing`, or a table of the form).
    expect: one Great Expectations expectation by its snake_case name, and its arguments.
    compute: columns added to the frame first, as pandas expressions over its columns.
    cell: the column whose cell is marked. expected: template of what should stand there.
    ours: the fault may be in forms, rules or seeds (a word that they lack) or in how khoxa reads,
    not the filer's; once these changed, a file that was refused for it is read again by itself.
    """

    file: str
    suite: str
    rule: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    severity: Severity
    vi: str
    en: str
    fix: Bilingual
    frame: str | None = None
    expect: dict[str, dict[str, Any]] | None = Field(default=None, min_length=1, max_length=1)
    compute: dict[str, str] = Field(default={})
    cell: str | None = None
    expected: str = ""
    ours: bool = False

    @model_validator(mode="after")
    def _judged_or_not(self) -> Rule:
        if (self.frame is None) != (self.expect is None):
            raise ValueError("`frame` and `expect` go together")
        if self.expect is None and (self.compute or self.cell or self.expected):
            raise ValueError("`compute`, `cell` and `expected` need `expect`")
        if (self.expect is None) != (self.suite == READING):
            raise ValueError(f"only rules of the suite {READING!r} stand without `expect`")
        return self

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that the expectation names."""
        arguments = next(iter((self.expect or {"": {}}).values()))
        named = (arguments.get(argument, ()) for argument in _COLUMN_ARGUMENTS)
        return frozenset(c for n in named for c in ([n] if isinstance(n, str) else n))

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Names that the templates of this rule use."""
        texts = (self.vi, self.en, self.fix.vi, self.fix.en, self.expected)
        return frozenset(name for text in texts for name in _PLACEHOLDER.findall(text))


class RenderedFinding(NamedTuple):
    """A finding with its sentences filled in, as the filer and ops.finding get it."""

    filing_id: int
    sheet: str
    cell: str
    rule: str
    severity: Severity
    seen: str
    expected: str
    message_vi: str
    message_en: str
    fix_vi: str
    fix_en: str


def fill(template: str, params: Mapping[str, str], strict: bool = False) -> str:
    """The template with its {placeholders} replaced; an unknown or empty one shows "…".

    With `strict` (tests) an unknown placeholder raises KeyError. Values are put in as they
    are: braces inside them are not looked at again.
    """

    def value(match: re.Match[str]) -> str:
        if strict and match[1] not in params:
            raise KeyError(match[1])
        return params.get(match[1]) or MISSING

    return _PLACEHOLDER.sub(value, template)


def render(finding: Finding, rule: Rule, strict: bool = False) -> RenderedFinding:
    """The finding in words; characters in it that look like others are named. `strict` as in
    `fill`: for tests, never at night."""
    own = {"seen": finding.seen, "sheet": finding.sheet, "cell": finding.cell}
    params = {**own, **dict(finding.params)}
    expected = finding.expected or (fill(rule.expected, params, strict) if rule.expected else "")
    params = {"expected": expected, **params}
    vi, en = params, params
    if _PLACE.match(finding.cell):
        vi = {**params, "cell": f"{finding.sheet}, {finding.cell}"}
        en = {name: _in_english(text) for name, text in vi.items()}
    if rule.rule not in _AS_TYPED:
        vi, en = ({name: by_name(text, words) for name, text in each.items()}
                  for each, words in zip((vi, en), _LANGUAGES, strict=True))  # fmt: skip
    return RenderedFinding(
        *(finding.filing_id, finding.sheet, finding.cell, rule.rule, rule.severity),
        *(finding.seen if rule.rule in _AS_TYPED else by_name(finding.seen, "vi"), expected),
        *(fill(rule.vi, vi, strict), fill(rule.en, en, strict)),
        *(fill(rule.fix.vi, vi, strict), fill(rule.fix.en, en, strict)),
    )


def _in_english(text: str) -> str:
    """A text with the places in a Word file that it names in English."""
    for vietnamese, english in _PLACES_EN:
        text = vietnamese.sub(english, text)
    return text
