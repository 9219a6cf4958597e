"""The sheets of a return workbook that list all findings, in groups, with links to the cells: the
first one in Vietnamese, the last one in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from etl.catalogue.alike import Alike, alike
from etl.catalogue.rules import RenderedFinding
from etl.publish.markup import clean, escape
from etl.publish.package import document
from etl.publish.sheet import address_of, cell_at
from etl.publish.styles import Look

HEADER_ROW = 4
_TALLEST = 400  # of 409 points that Excel allows
_MOST_LINKS = 65_000  # of 65 530 that Excel allows on a sheet
# as wide together as A4 lying down has room for at the size of type
_WIDTHS = (5, 11, 15, 7, 15, 15, 38, 32)


@dataclass(frozen=True, eq=False)
class Words:
    """What our sheet says in one language. `verdicts`: rejected, accepted; `notes`: what to do
    then, and where the workbook has no sheet of theirs to do it in."""

    sheet: str
    header: tuple[str, ...]
    severities: dict[str, str]
    whole_file: str
    file: str
    verdicts: tuple[str, str]
    notes: tuple[str, str, str]
    page: str
    told: Callable[[Alike], tuple[str, str]]


VIETNAMESE = Words(
    "Kết quả kiểm tra",
    ("STT", "Mức độ", "Trang tính", "Ô", "Đã nhập", "Cần là", "Nội dung", "Cách sửa"),
    {"fail": "Lỗi", "warn": "Cảnh báo"},
    "cả tệp",
    "Tệp",
    ("KHÔNG ĐƯỢC NHẬN", "ĐƯỢC NHẬN, CÓ CẢNH BÁO"),
    (
        "{fails} lỗi, {warns} cảnh báo. Sửa ngay trong tệp này, xoá trang này nếu muốn, rồi gửi"
        " lại.",
        "{warns} cảnh báo. Số đúng thì không phải gửi lại; sai thì sửa ngay trong tệp này rồi gửi"
        " lại.",
        "{fails} lỗi, {warns} cảnh báo. Tệp này chỉ có kết quả kiểm tra: xem cột “Cách sửa”, sửa"
        " trong tệp của đơn vị rồi gửi lại.",
    ),
    "Trang &P/&N",
    lambda same: (same.first.message_vi + same.more_vi, same.first.fix_vi),
)
ENGLISH = Words(
    "Check results",
    ("No.", "Severity", "Sheet", "Cell", "Seen", "Expected", "What is wrong", "What to do"),
    {"fail": "Error", "warn": "Warning"},
    "the whole file",
    "File",
    ("REJECTED", "ACCEPTED, WITH WARNINGS"),
    (
        "{fails} errors, {warns} warnings. Correct them in this file, delete this sheet if you"
        " like, and file it again.",
        "{warns} warnings. Nothing is to be filed again where the figures are right; else correct"
        " them in this file and file it again.",
        "{fails} errors, {warns} warnings. This file has the results only: correct your own file"
        " as the last column says, and file it again.",
    ),
    "Page &P of &N",
    lambda same: (same.first.message_en + same.more_en, same.first.fix_en),
)
_BEGINNINGS = {  # of the header rows of our sheets, in this and in earlier versions
    VIETNAMESE.header[:2]: VIETNAMESE,
    ("STT", "Mức độ / Severity"): VIETNAMESE,
    ENGLISH.header[:2]: ENGLISH,
}


def language_of(rows: list[list[object]]) -> Words | None:
    """Whose sheet of ours of an earlier round this is; None: it is the filer's own."""
    header = rows[HEADER_ROW - 1] if len(rows) >= HEADER_ROW else []
    return _BEGINNINGS.get(tuple(str(cell) for cell in header[:2]))


def summary_xml(
    words: Words,
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
        *_head(words, name, findings, bool(targets), style),
        *_groups(words, findings, targets, style, links),
    ]
    hyperlinks = f"<hyperlinks>{''.join(links[:_MOST_LINKS])}</hyperlinks>" if links else ""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_WIDTHS, start=1)
    )
    opened = ' tabSelected="1"' if words is VIETNAMESE else ""
    return document(
        f'<worksheet xmlns="{namespace}"><sheetPr><outlinePr summaryBelow="0"/>'
        f'<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView{opened}'
        f' workbookViewId="0"><pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr'
        f' defaultRowHeight="15" outlineLevelRow="1"/><cols>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{hyperlinks}"
        '<printOptions horizontalCentered="1" gridLines="1"/><pageMargins left="0.4" right="0.4"'
        ' top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9"'
        ' orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(f'&C{words.page}')}</oddFooter></headerFooter></worksheet>"
    )


def _head(
    words: Words,
    name: str,
    findings: list[RenderedFinding],
    theirs: bool,
    style: Callable[[Look], int],
) -> Iterator[str]:
    """The verdict and what to do; `theirs`: the workbook has sheets of the filer's."""
    fails = sum(f.severity == "fail" for f in findings)
    verdict = words.verdicts[0 if fails else 1]
    note = words.notes[(0 if fails else 1) if theirs else 2]
    told = note.format(fails=fails, warns=len(findings) - fails)
    title = Look(bold=True, size=13, wrap=False)
    yield _row(1, [(f"{words.file} {name}: {verdict}", title)], style)
    yield _row(2, [(told, Look(wrap=False))], style)
    header: list[tuple[str | int, Look]] = [(title, Look(bold=True)) for title in words.header]
    yield _row(HEADER_ROW, header, style, ' ht="18" customHeight="1"')


def _groups(
    words: Words,
    findings: list[RenderedFinding],
    targets: Mapping[str, str],
    style: Callable[[Look], int],
    links: list[str],
) -> Iterator[str]:
    """Rows of all groups; the links of their cells go into `links`."""
    place = {sheet: number for number, sheet in enumerate(targets)}

    def group_of(finding: RenderedFinding) -> tuple[bool, int, str]:
        return finding.severity != "fail", place.get(finding.sheet, -1), finding.sheet

    at, number = HEADER_ROW, 0
    for (warned, _place, sheet), found in groupby(sorted(findings, key=group_of), key=group_of):
        group = list(found)
        severity = "warn" if warned else "fail"
        heading = f"{words.severities[severity]} – {sheet or words.whole_file}: {len(group)}"
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
            values = _values(words, number, same, bool(cell))
            height = f' ht="{_height(values)}" customHeight="1" outlineLevel="1"'
            yield _row(at, values, style, height)


def _height(values: list[tuple[str | int, Look]]) -> int:
    """The height of a row, in points, in which all its texts are seen: no program sets it."""
    lines = max(
        sum(max(1, -(-len(line) // (width - 2))) for line in str(value).split("\n"))
        for (value, _look), width in zip(values, _WIDTHS, strict=True)
    )
    return min(15 * lines + 3, _TALLEST)


def _values(words: Words, number: int, same: Alike, linked: bool) -> list[tuple[str | int, Look]]:
    finding, plain = same.first, Look()
    return [
        (number, plain),
        (words.severities[finding.severity], Look(fill=finding.severity)),
        (finding.sheet, plain),
        (finding.cell, Look(link=linked)),
        *((text, plain) for text in (finding.seen, finding.expected, *words.told(same))),
    ]


def _row(
    number: int,
    values: list[tuple[str | int, Look]],
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
