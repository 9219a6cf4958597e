"""The first sheet of a return workbook: all findings, in groups, with links to the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from etl.catalogue.alike import Alike, alike
from etl.catalogue.rules import RenderedFinding
from etl.publish.markup import clean, escape
from etl.publish.package import document
from etl.publish.sheet import address_of, cell_at
from etl.publish.styles import Look

SUMMARY = "Kết quả kiểm tra"
HEADER = (
    ("STT", 5), ("Mức độ / Severity", 13), ("Trang tính / Sheet", 14), ("Ô / Cell", 8),
    ("Đã nhập / Seen", 16), ("Cần là / Expected", 16), ("Nội dung", 44), ("Cách sửa", 44),
    ("In English", 44), ("What to do", 44),
)  # fmt: skip
HEADER_ROW = 4
_SEVERITIES = {"fail": "Lỗi / Error", "warn": "Cảnh báo / Warning"}
_WHOLE_FILE = "cả tệp / the whole file"
_TALLEST = 400  # of 409 points that Excel allows
_MOST_LINKS = 65_000  # of 65 530 that Excel allows on a sheet


def is_summary(rows: list[list[object]]) -> bool:
    """Whether a sheet of that name is ours, of an earlier round, and no sheet of the filer's."""
    header = rows[HEADER_ROW - 1] if len(rows) >= HEADER_ROW else []
    return header[: len(HEADER)] == [title for title, _width in HEADER]


def summary_xml(
    name: str,
    findings: list[RenderedFinding],
    targets: Mapping[str, str],
    style: Callable[[Look], int],
    namespace: str,
) -> bytes:
    """The sheet's part. Findings go by severity, then by sheet, then in the order given.

    `targets` leads from a sheet named in findings to its name in the returned workbook, in the
    order of that; `style` numbers a look.
    """
    links: list[str] = []
    rows = [*_head(name, findings, style), *_groups(findings, targets, style, links)]
    hyperlinks = f"<hyperlinks>{''.join(links[:_MOST_LINKS])}</hyperlinks>" if links else ""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, (_title, width) in enumerate(HEADER, start=1)
    )
    return document(
        f'<worksheet xmlns="{namespace}"><sheetPr><outlinePr summaryBelow="0"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView tabSelected="1"'
        f' workbookViewId="0"><pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr'
        f' defaultRowHeight="15" outlineLevelRow="1"/><cols>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{hyperlinks}"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _head(
    name: str, findings: list[RenderedFinding], style: Callable[[Look], int]
) -> Iterator[str]:
    fails = sum(f.severity == "fail" for f in findings)
    verdict = "KHÔNG ĐƯỢC NHẬN / REJECTED" if fails else "ĐƯỢC NHẬN, CÓ CẢNH BÁO / ACCEPTED"
    note = (
        f"{fails} lỗi, {len(findings) - fails} cảnh báo. Sửa ngay trong tệp này, xoá trang này"
        " nếu muốn, rồi gửi lại."
    )
    title = Look(bold=True, size=13, wrap=False)
    yield _row(1, [(f"Tệp {name}: {verdict}", title)], style)
    yield _row(2, [(note, Look(wrap=False))], style)
    header: list[tuple[str | int, Look]] = [(title, Look(bold=True)) for title, _width in HEADER]
    yield _row(HEADER_ROW, header, style, ' ht="32" customHeight="1"')


def _groups(
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
        heading = f"{_SEVERITIES[severity]} – {sheet or _WHOLE_FILE}: {len(group)}"
        look = Look(bold=True, fill=severity, wrap=False)
        at += 1
        yield _row(at, [("", look), (heading, look), *[("", look)] * (len(HEADER) - 2)], style)
        for same in alike(group):
            finding = same.first
            at, number = at + 1, number + 1
            cell = cell_at(finding.cell) if finding.sheet in targets else None
            if cell:
                target = targets[finding.sheet].replace("'", "''")
                location = escape(f"'{target}'!{address_of(cell)}")
                links.append(f'<hyperlink ref="D{at}" location="{location}"/>')
            values = _values(number, same, bool(cell))
            height = f' ht="{_height(values)}" customHeight="1" outlineLevel="1"'
            yield _row(at, values, style, height)


def _height(values: list[tuple[str | int, Look]]) -> int:
    """The height of a row, in points, in which all its texts are seen: no program sets it."""
    lines = max(
        sum(max(1, -(-len(line) // (width - 2))) for line in str(value).split("\n"))
        for (value, _look), (_title, width) in zip(values, HEADER, strict=True)
    )
    return min(15 * lines + 3, _TALLEST)


def _values(number: int, same: Alike, linked: bool) -> list[tuple[str | int, Look]]:
    finding, plain = same.first, Look()
    texts = (
        finding.seen, finding.expected, finding.message_vi + same.more_vi, finding.fix_vi
    )  # fmt: skip
    english = (finding.message_en + same.more_en, finding.fix_en)
    return [
        (number, plain),
        (_SEVERITIES[finding.severity], Look(fill=finding.severity)),
        (finding.sheet, plain),
        (finding.cell, Look(link=linked)),
        *((text, plain) for text in (*texts, *english)),
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
