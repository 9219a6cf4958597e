"""The sheets of a return workbook that list all findings, in groups, with links to the cells: the
first one in Vietnamese, the last one in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, Literal

from etl.catalogue.alike import Alike, alike
from etl.catalogue.rules import RenderedFinding
from etl.ground import numerals
from etl.ground.yaml_file import words_beside
from etl.publish.markup import clean, drawn, escape
from etl.publish.package import document
from etl.publish.sheet import address_of, cell_at
from etl.publish.styles import Look

HEADER_ROW = 4
_TALLEST = 400  # of 409 points that Excel allows
_MOST_LINKS = 65_000  # of 65 530 that Excel allows on a sheet
# as wide together as A4 lying down has room for at the size of type
_WIDTHS = (5, 11, 15, 7, 15, 15, 38, 32)
Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
Value = tuple[str | int, Look]


def words(language: Language) -> dict[str, Any]:
    """What our sheet says in a language."""
    return dict(words_beside(__file__)[language])


def language_of(rows: list[list[object]]) -> Language | None:
    """Whose sheet of ours of an earlier round this is; None: it is the filer's own."""
    header = rows[HEADER_ROW - 1] if len(rows) >= HEADER_ROW else []
    begins = [str(cell) for cell in header[:2]]
    for language in LANGUAGES:
        if begins in (words(language)["header"][:2], words(language).get("earlier")):
            return language
    return None


def summary_xml(
    language: Language,
    name: str,
    findings: list[RenderedFinding],
    targets: Mapping[str, str],
    style: Callable[[Look], int],
    namespace: str,
) -> bytes:
    """The sheet's part, to be printed one A4 page wide. Findings go by severity, then by sheet,
    then in the order given.

    `targets` leads from a sheet named in findings to its name in the returned workbook, in the
    order of that; `style` numbers a look.
    """
    links: list[str] = []
    rows = [
        *_head(language, name, findings, bool(targets), style),
        *_groups(language, findings, targets, style, links),
    ]
    hyperlinks = f"<hyperlinks>{''.join(links[:_MOST_LINKS])}</hyperlinks>" if links else ""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_WIDTHS, start=1)
    )
    opened = ' tabSelected="1"' if language == "vi" else ""
    footer = escape(f"&C{words(language)['page']}")
    sheet = drawn("summary.xml").format(
        namespace=namespace, opened=opened, header_row=HEADER_ROW, first_row=HEADER_ROW + 1,
        columns=columns, rows="".join(rows), hyperlinks=hyperlinks, footer=footer,
    )  # fmt: skip
    return document(sheet)


def _head(
    language: Language,
    name: str,
    findings: list[RenderedFinding],
    theirs: bool,
    style: Callable[[Look], int],
) -> Iterator[str]:
    """The verdict and what to do; `theirs`: the workbook has sheets of the filer's."""
    fails = sum(f.severity == "fail" for f in findings)
    fixed, verdict = words(language), "rejected" if fails else "accepted"
    note = fixed["notes"][verdict if theirs else "without_sheets"]
    counts = note.format(fails=numerals.shown(fails), warns=numerals.shown(len(findings) - fails))
    title = Look(bold=True, size=13, wrap=False)
    yield _row(1, [(f"{fixed['file']} {name}: {fixed[verdict]}", title)], style)
    yield _row(2, [(counts, Look(wrap=False))], style)
    header = [(each, Look(bold=True)) for each in fixed["header"]]
    yield _row(HEADER_ROW, header, style, ' ht="18" customHeight="1"')


def _groups(
    language: Language,
    findings: list[RenderedFinding],
    targets: Mapping[str, str],
    style: Callable[[Look], int],
    links: list[str],
) -> Iterator[str]:
    """Rows of all groups; the links of their cells go into `links`."""
    place = {sheet: number for number, sheet in enumerate(targets)}

    def group_of(finding: RenderedFinding) -> tuple[bool, int, str]:
        return finding.severity != "fail", place.get(finding.sheet, -1), finding.sheet

    fixed, at, number = words(language), HEADER_ROW, 0
    for (warned, _place, sheet), of_group in groupby(sorted(findings, key=group_of), key=group_of):
        group = list(of_group)
        severity = "warn" if warned else "fail"
        where = f"{sheet or fixed['whole_file']}: {numerals.shown(len(group))}"
        heading = f"{fixed['severities'][severity]} – {where}"
        look = Look(bold=True, fill=severity, wrap=False)
        at += 1
        yield _row(at, [("", look), (heading, look), *[("", look)] * (len(_WIDTHS) - 2)], style)
        for same in alike(group):
            finding = same.first
            at, number = at + 1, number + 1
            cell = cell_at(finding.cell) if finding.sheet in targets else None
            if cell:
                target = targets[finding.sheet].replace("'", "''")
                location = escape(f"'{target}'!{address_of(cell)}")
                links.append(f'<hyperlink ref="D{at}" location="{location}"/>')
            values = _values(language, number, same, bool(cell))
            height = f' ht="{_height(values)}" customHeight="1" outlineLevel="1"'
            yield _row(at, values, style, height)


def _height(values: list[Value]) -> int:
    """The height of a row, in points, in which all its texts are seen: no program sets it."""
    lines = max(
        sum(max(1, -(-len(line) // (width - 2))) for line in str(value).split("\n"))
        for (value, _look), width in zip(values, _WIDTHS, strict=True)
    )
    return min(15 * lines + 3, _TALLEST)


def _values(language: Language, number: int, same: Alike, linked: bool) -> list[Value]:
    finding, plain = same.first, Look()
    wrong = getattr(finding, f"message_{language}") + getattr(same, f"more_{language}")
    texts = (finding.seen, finding.expected, wrong, getattr(finding, f"fix_{language}"))
    return [
        (number, plain),
        (words(language)["severities"][finding.severity], Look(fill=finding.severity)),
        (finding.sheet, plain),
        (finding.cell, Look(link=linked)),
        *((text, plain) for text in texts),
    ]


def _row(
    number: int,
    values: list[Value],
    style: Callable[[Look], int],
    attributes: str = "",
) -> str:
    cells = (
        _cell(address_of((number, column)), value, look, style)
        for column, (value, look) in enumerate(values, start=1)
    )
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def _cell(address: str, value: str | int, look: Look, style: Callable[[Look], int]) -> str:
    """A text is always a text: what Excel would run (= + - @) is never stored as a formula, and
    is quoted so that it does not become one when somebody types into the cell."""
    if isinstance(value, int):
        return f'<c r="{address}" s="{style(look)}"><v>{value}</v></c>'
    quoted = clean(value).lstrip()[:1] in ("=", "+", "-", "@")
    number = style(look._replace(quoted=quoted))
    if not value:
        return f'<c r="{address}" s="{number}"/>'
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{address}" s="{number}" t="inlineStr">{text}</c>'
