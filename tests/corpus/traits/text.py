"""Text: Unicode forms, tone placement, abbreviations, spaces, the fonts from before Unicode."""

from __future__ import annotations

import unicodedata

from tests.corpus.model import Sheet
from tests.corpus.traits.registry import each_text, of_sheet

OLD_TONES = {"hòa": "hoà", "hóa": "hoá", "thủy": "thuỷ", "thúy": "thuý", "ủy": "uỷ", "tòa": "toà",
             "khỏe": "khoẻ", "lũy": "luỹ"}  # fmt: skip
TYPES = {
    "short": {"Thị trấn ": "TT. ", "Xã ": "X. ", "Phường ": "P. "},
    "short, no dot": {"Thị trấn ": "TT ", "Xã ": "X ", "Phường ": "P "},
    "capitals": {"Thị trấn ": "THỊ TRẤN ", "Xã ": "XÃ ", "Phường ": "PHƯỜNG "},
    "tight": {"Thị trấn ": "TT.", "Xã ": "X.", "Phường ": "P."},
    "none": {"Thị trấn ": "", "Xã ": "", "Phường ": ""},
}


@of_sheet("text-nfd")
def decompose(sheet: Sheet, *, only: str = "") -> None:
    """Letters taken apart (as a Mac types them): everywhere, or only the rows' names."""
    if not only:
        each_text(sheet, lambda text: unicodedata.normalize("NFD", text))
    for row in sheet.rows:
        for cell in row.cells.values():
            if isinstance(cell.typed, str):
                cell.typed = unicodedata.normalize("NFD", cell.typed)


@of_sheet("text-tone-placement")
def move_tones(sheet: Sheet) -> None:
    """Thuỷ for Thủy, Hoà for Hòa, everywhere."""

    def change(text: str) -> str:
        for new, old in OLD_TONES.items():
            for form in (str, str.capitalize, str.upper):
                text = text.replace(form(new), form(old))
        return text

    each_text(sheet, change)


@of_sheet("text-type-abbreviated")
def abbreviate(sheet: Sheet, *, how: str) -> None:
    """TT., X., P. before the names of units, or nothing."""
    for row in sheet.rows_of("data"):
        cell = row.cells[sheet.key_column]
        for full, short in TYPES[how].items():
            cell.typed = str(cell.typed).replace(full, short)


@of_sheet("text-nbsp")
def no_break(sheet: Sheet) -> None:
    """No-break spaces everywhere."""
    each_text(sheet, lambda text: text.replace(" ", "\u00a0"))


@of_sheet("text-double-spaces")
def double_spaces(sheet: Sheet) -> None:
    """Two spaces for one, and around."""
    each_text(sheet, lambda text: f" {text}  ".replace(" ", "  "))


@of_sheet("text-tcvn3")
def tcvn3_font(sheet: Sheet, *, font: str = "", numbers: str = "") -> None:
    """Typed for .VnTime and .VnTimeH, and shown in them or in another font."""
    sheet.encoding, sheet.encoded_font, sheet.number_font = "tcvn3", font, numbers


@of_sheet("text-vni")
def vni_font(sheet: Sheet, *, font: str = "") -> None:
    """Typed for VNI-Times, and shown in it or in another font."""
    sheet.encoding, sheet.encoded_font = "vni", font


@of_sheet("text-font")
def other_font(sheet: Sheet, *, font: str) -> None:
    """Unicode text shown in a font, whatever its name promises."""
    sheet.font = font


@of_sheet("letters-replaced")
def replace_letters(sheet: Sheet, *, only: str = "", **changed: str) -> None:
    """Letters that look alike in another's place: everywhere, or in one column of rows."""

    def change(text: str) -> str:
        for old, new in changed.items():
            text = text.replace(old, new)
        return text

    if not only:
        each_text(sheet, change)
        return
    for row in sheet.rows:
        cell = row.cells.get(only)
        if cell is not None and isinstance(cell.typed, str):
            cell.typed = change(cell.typed)


@of_sheet("letters-added")
def add_letters(
    sheet: Sheet, *, row: str, column: str, text: str, before: str = "", after: str = "",
    meant: str = "", figure: bool = True,
) -> None:  # fmt: skip
    """A cell with letters that are not seen around or inside it; its figure is as it was."""
    cell = sheet.row(row).cells[column]
    cell.typed, cell.number_format = f"{before}{text}{after}", ""
    cell.figure = (meant or cell.figure) if figure else None
