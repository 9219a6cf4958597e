"""Drawn sheets as old Excel (xls) and LibreOffice (ods) files."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlwt
from xlsxwriter.utility import xl_cell_to_rowcol

from tests.corpus.model import Cell, Drawn, Error, Formula, Look, Typed
from tests.corpus.writers import CSV_WRITERS, Writer, displayed, lettered_cell
from tests.corpus.xls_words import words_of
from tests.corpus.xlsx_writer import write_xlsx

_SPACES = (
    " ".join(
        f'xmlns:{name.removesuffix("-compatible")}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "svg-compatible")
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_CONFIG = "urn:oasis:names:tc:opendocument:xmlns:config:1.0"
_YELLOW = "#FFFF00"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_xls(pages: Sequence[Drawn], name: str) -> bytes:
    """An Excel 97 workbook; hidden sheets, fonts and formats as in xlsx."""
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.owner = name[:50]
    styles: dict[tuple[str, str], xlwt.XFStyle] = {}
    for page in pages:
        sheet = workbook.add_sheet(page.sheet.name)
        sheet.visibility = int(page.sheet.hidden)
        for at, about in page.rows.items():
            sheet.row(at).hidden = about.hidden
        for number, column_about in enumerate(page.sheet.columns, start=page.sheet.left):
            sheet.col(number).hidden = column_about.hidden
        for (row, column), (cell, _kind) in page.cells.items():
            text, font = lettered_cell(page.sheet, cell)
            known = (f"font: name {font}{_easy(cell.look)}", cell.number_format or "General")
            if known not in styles:
                styles[known] = xlwt.easyxf(known[0], num_format_str=known[1])
            if cell.runs:
                runs = [(t, xlwt.easyxf(f"font: name {font}{_easy(x)}").font) for t, x in cell.runs]
                sheet.write_rich_text(row, column, runs, styles[known])
            else:
                _write_xls(sheet, (row, column), cell.typed, text, styles[known])
        sheet.merged_ranges.extend((top, bottom, left, right) for top, left, bottom, right in
                                   page.merges)  # fmt: skip
        _freeze(sheet, page.sheet.page)
        _add_words(sheet, words_of(page.sheet.page))
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def _freeze(sheet: xlwt.Worksheet, page: dict[str, Any]) -> None:
    if cell := page.get("freeze"):
        sheet.panes_frozen = True
        sheet.horz_split_pos, sheet.vert_split_pos = xl_cell_to_rowcol(cell)
        first = xl_cell_to_rowcol(page.get("first", "A1"))
        sheet.first_visible_row, sheet.first_visible_col = first


def _add_words(sheet: xlwt.Worksheet, words: bytes) -> None:
    """Records before the last of a sheet, its EOF; xlwt writes none of them."""
    plain = sheet.get_biff_data
    sheet.get_biff_data = lambda: plain()[:-4] + words + plain()[-4:]


def _easy(look: Look) -> str:
    """A look in the words of xlwt."""
    colour = "yellow" if look.get("font_color") == _YELLOW else "white"
    words = {"font_strikeout": "struck_out on", "bold": "bold on", "font_color": f"colour {colour}"}
    scripts = {1: ", escapement superscript", 2: ", escapement subscript"}
    found = "".join(f", {words[name]}" for name in look if name in words)
    dense = "; pattern: pattern alt_bars, fore_colour black, back_colour black"
    return found + scripts.get(look.get("font_script", 0), "") + dense * ("pattern" in look)


def _write_xls(
    sheet: xlwt.Worksheet, at: tuple[int, int], typed: Typed, text: str, style: xlwt.XFStyle
) -> None:
    if isinstance(typed, Error):
        sheet.row(at[0]).set_cell_error(at[1], typed.text.replace("/A", "/A!"), style)
    elif isinstance(typed, Formula):
        sheet.write(*at, xlwt.Formula(typed.text.removeprefix("=")), style)
    elif isinstance(typed, Decimal):
        sheet.write(*at, float(typed), style)
    else:
        sheet.write(*at, text if isinstance(typed, str) else typed, style)


def ods_content(pages: Sequence[Drawn]) -> str:
    """The sheets as content.xml."""
    fonts: dict[tuple[str, str], int] = {}
    tables = "".join(
        f"<table:table table:name={quoteattr(page.sheet.name)}"
        f' table:style-name="ta{int(page.sheet.hidden)}">{_columns(page)}{_rows(page, fonts)}'
        "</table:table>"
        for page in pages
    )
    return (
        f"<office:document-content {_SPACES}>{_styles(fonts)}<office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def write_ods(pages: Sequence[Drawn], name: str) -> bytes:
    """A LibreOffice workbook."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": ods_content(pages),
        "meta.xml": f"<office:document-meta {_SPACES}><office:meta>{escape(name)}</office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_MANIFEST}"/>',
        "settings.xml": _settings(pages),
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, text in parts.items():
            archive.writestr(zipfile.ZipInfo(part, _EPOCH), text)
    return target.getvalue()


def _settings(pages: Sequence[Drawn]) -> str:
    """Which panes are frozen, and what was seen first then, as LibreOffice writes it."""
    entries = ""
    for page in pages:
        rows, columns = xl_cell_to_rowcol(page.sheet.page.get("freeze", "A1"))
        top, left = xl_cell_to_rowcol(page.sheet.page.get("first", "A1"))
        items = {
            "HorizontalSplitMode": 2 * bool(columns), "VerticalSplitMode": 2 * bool(rows),
            "HorizontalSplitPosition": columns, "VerticalSplitPosition": rows,
            "PositionLeft": left, "PositionRight": columns, "PositionTop": top,
            "PositionBottom": rows,
        }  # fmt: skip
        entries += f"<config:config-item-map-entry config:name={quoteattr(page.sheet.name)}>"
        entries += "".join(
            f'<config:config-item config:name="{name}" config:type="int">{value}'
            "</config:config-item>"
            for name, value in items.items()
        )
        entries += "</config:config-item-map-entry>"
    return (
        f'<office:document-settings {_SPACES} xmlns:config="{_CONFIG}"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed'
        ' config:name="Views"><config:config-item-map-entry><config:config-item-map-named'
        f' config:name="Tables">{entries}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _columns(page: Drawn) -> str:
    if not any(column.hidden for column in page.sheet.columns):
        return ""
    left = "<table:table-column/>" * page.sheet.left
    hide = {True: ' table:visibility="collapse"', False: ""}
    return left + "".join(
        f"<table:table-column{hide[column.hidden]}/>" for column in page.sheet.columns
    )


def _styles(fonts: dict[tuple[str, str], int]) -> str:
    """The fonts in use, a cell style of each, and a table style that shows and one that hides."""
    faces = "".join(
        f"<style:font-face style:name={quoteattr(font)} svg:font-family={quoteattr(font)}/>"
        for font in dict.fromkeys(font for font, _look in fonts)
    )
    tables = "".join(
        f'<style:style style:name="ta{n}" style:family="table"><style:table-properties'
        f' table:display="{shown}"/></style:style>'
        for n, shown in enumerate(("true", "false"))
    )
    cells = "".join(
        f'<style:style style:name="ce{n}" style:family="table-cell"><style:text-properties'
        f" style:font-name={quoteattr(font)}{look}/></style:style>"
        for (font, look), n in fonts.items()
    )
    cells += "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties'
        f"{_SPAN_LOOKS[name]}/></style:style>"
        for name in _SPAN_LOOKS
    )
    return (
        f"<office:font-face-decls>{faces}</office:font-face-decls>"
        f"<office:automatic-styles>{tables}{cells}</office:automatic-styles>"
    )


_SPAN_LOOKS = {
    "T0": "",
    "T1": ' style:text-position="super 58%"',
    "T2": ' style:text-position="sub 58%"',
    "T3": ' style:text-line-through-style="solid"',
    "T4": ' fo:font-weight="bold"',
    "T5": ' fo:color="#ffffff"',
    "T6": ' fo:color="#ffff00"',
}


def _span(look: Look) -> str:
    """The name of a look in an ods; "T0" for an ordinary one."""
    scripts = {1: "T1", 2: "T2"}
    colour = "T6" if look.get("font_color") == _YELLOW else "T5"
    names = {"font_strikeout": "T3", "bold": "T4", "font_color": colour}
    found = [names[name] for name in look if name in names]
    return scripts.get(look.get("font_script", 0)) or next(iter(found), "T0")


def _rows(page: Drawn, fonts: dict[tuple[str, str], int]) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1)
             for top, left, bottom, right in page.merges}  # fmt: skip
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for row in range(page.height):
        cells = []
        hidden = row in page.rows and page.rows[row].hidden
        for column in range(page.width):
            cell, _style = page.cells.get((row, column), (Cell(), ""))
            down, across = spans.get((row, column), (1, 1))
            attributes = (
                f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
                if (down, across) != (1, 1)
                else ""
            )
            text, font = lettered_cell(page.sheet, cell)
            style = fonts.setdefault((font, _SPAN_LOOKS[_span(cell.look)]), len(fonts))
            attributes += f' table:style-name="ce{style}"'
            written = _cell(cell, text, attributes)
            if (row, column) in covered:
                written = written.replace("table:table-cell", "table:covered-table-cell")
            cells.append(written)
        shown = ' table:visibility="collapse"' if hidden else ""
        rows.append(f"<table:table-row{shown}>{''.join(cells)}</table:table-row>")
    return "".join(rows)


def _cell(cell: Cell, text: str, attributes: str) -> str:
    typed = cell.typed
    if typed is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(typed, Error):
        kind = ' table:formula="of:=#REF!" calcext:value-type="error" office:value-type="string"'
        kind += ' office:string-value=""'
        shown = typed.text
    elif isinstance(typed, Formula):
        result = "" if typed.result is None else f' office:value="{typed.result}"'
        kind = f" table:formula={quoteattr('of:' + typed.text)}"
        kind += f' office:value-type="float"{result}' if result else ""
        shown = str(typed.result or "")
    else:
        kind, shown = _plain(cell), text or displayed(cell, vietnamese=True)
    inside = escape(shown)
    if cell.runs:
        inside = "".join(
            f'<text:span text:style-name="{_span(look)}">{escape(piece)}</text:span>'
            for piece, look in cell.runs
        )
    return f"<table:table-cell{attributes}{kind}><text:p>{inside}</text:p></table:table-cell>"


def _plain(cell: Cell) -> str:
    if isinstance(cell.typed, str):
        return ' office:value-type="string"'
    if isinstance(cell.typed, date):
        return f' office:value-type="date" office:date-value="{cell.typed.isoformat()}"'
    kind = "percentage" if cell.number_format.endswith("%") else "float"
    return f' office:value-type="{kind}" office:value="{cell.typed}"'


WRITERS: dict[str, Writer] = {
    "xlsx": write_xlsx,
    "xls": write_xls,
    "ods": write_ods,
    **CSV_WRITERS,
}
