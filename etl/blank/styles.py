"""How the cells of a blank form look; a format is made once a workbook."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_GREY, _BLUE, YELLOW, RED = "#EDEDED", "#DDEBF7", "#FFF2CC", "#FFC7CE"
_BOX = {"border": 1, "valign": "vcenter"}
_NAMED: dict[str, dict[str, object]] = {
    "header": {"bold": True, "align": "center", "text_wrap": True, "bg_color": _GREY},
    "numbering": {"italic": True, "align": "center", "font_color": "#595959"},
    "label": {"text_wrap": True},  # stands on the form
    "ordinal": {"align": "center"},
    "sum_label": {"bold": True, "text_wrap": True},
    "closed": {"bg_color": _GREY},  # holds nothing
    "text": {"locked": False, "text_wrap": True, "num_format": "@"},  # for words
    "day": {"locked": False, "align": "center", "num_format": "dd/mm/yyyy"},
}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, object]], Format] = {}

    def __call__(self, **props: object) -> Format:
        """The format with these properties, locked unless it says otherwise."""
        key = frozenset(props.items())
        if key not in self._made:
            font = {"font_name": "Times New Roman", "font_size": 11}
            self._made[key] = self._book.add_format({**font, **props})
        return self._made[key]

    def __getitem__(self, name: str) -> Format:
        """The format of that name."""
        return self(**_BOX, **_NAMED[name])

    def formula(self, number_format: str, is_sum: bool) -> Format:
        """A cell that computes itself."""
        return self(**_BOX, bg_color=_GREY, num_format=number_format, bold=is_sum)

    def figure(self, number_format: str, given: bool) -> Format:
        """A cell for a figure, blue where last year's stands in it."""
        fill = {"bg_color": _BLUE} if given else {}
        return self(**_BOX, **fill, locked=False, num_format=number_format)

    def fill(self, colour: str) -> Format:
        """A colour over whatever a cell looks like."""
        return self._book.add_format({"bg_color": colour})
