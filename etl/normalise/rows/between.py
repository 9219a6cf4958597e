"""Lines without figures among the rows of a table: whether the rows below are still the form's.

"Các xã khu vực III" groups the rows below it. "Số dự kiến", "Cùng kỳ năm trước", "Hộ dân tộc thiểu
số", another programme or unit may change what they mean, and so may any word that is not known:
where rows follow, the filing stops at that cell. A row of units below a header must be the form's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.catalogue.measures import fits, units_in, word_for
from etl.ground.addresses import address
from etl.ground.text import key
from etl.normalise.header.extracted import Extracted, Page, Reading
from etl.normalise.texts.identity import years_in
from etl.normalise.texts.parent import Parent
from etl.normalise.texts.word_lists import ROW_WORDS, whole
from etl.normalise.title.said import line_of

_ORDINAL = re.compile(r"^\(?(?:[ivxlc]+|[a-zđ]|\d{1,3}(?:\.\d{1,3})*)\s*(?:[.)\-–:/]+\s*|$)")
_REST = re.compile(r"[\W_]+|\b(?:\d+|[ivx]+)\b")
_LETTER = re.compile(r"[^\W\d_]")


class Between:
    """The lines of one page that hold no figure; those that no row follows are left `below`."""

    def __init__(self, page: Page, reading: Reading, parent: Parent, out: Extracted) -> None:
        self._plan, self._rows = page.plan, page.sheet.rows
        self._reading, self._parent, self._out = reading, parent, out
        self.below: list[int] = out.below
        table = page.plan.table
        self._kind = "texts" if page.plan.lists_texts else "others"
        if table.rows == "units":
            self._kind = "units"

    def are_units(self, cells: list[object]) -> bool:
        """Whether a line only says in what the columns above it are counted: "hộ", "%"."""
        texts = [str(cell).strip() for cell in cells if cell != ""]
        return bool(texts) and all(units_in(_bare(text)) for text in texts)

    def judge_units(self, r: int, cells: list[object]) -> None:
        """Say where such a line contradicts the form."""
        columns = self._plan.table.columns
        for name, place in self._plan.places.items():
            wanted, text = columns[name].unit, str(cells[place]) if place < len(cells) else ""
            if wanted in (None, "number") or not text.strip():
                continue
            if not fits(wanted, units_in(_bare(text))):
                cell = address(r, place)
                self._out.find("measure-stated", cell, text.strip(), wanted=word_for(wanted))
                return

    def rows_follow(self) -> None:
        """A row of the table stands below the lines that were met: each must be known."""
        for r in self.below:
            self._judge(r)
        self.below.clear()

    def _judge(self, r: int) -> None:
        for place, cell in enumerate(self._rows[r]):
            if type(cell) is not str or not _LETTER.search(cell) or self._is_known(cell):
                continue
            years = set(self._reading.years)
            rule = "heading-unknown" if years_in(cell) <= years else "row-other-year"
            self._out.find(rule, address(r, place), cell.strip())
            return

    def _is_known(self, text: str) -> bool:
        """Whether a text only groups rows, names who files, or repeats what stands above."""
        if not years_in(text) <= set(self._reading.years):
            return False
        rest = _unknown_words(text, self._kind)
        said = line_of(text)
        says_units = said is not None and said.kind != "within"
        return not rest or says_units or self._is_named(text, rest)

    def _is_named(self, text: str, rest: str) -> bool:
        labels, parent = self._plan.labels, self._parent
        if labels.is_any_sum(text) or any(label in key(text) for label in labels.blocks):
            return True
        if any(
            parent.is_filer(name) or parent.districts(name) or parent.was_district(name)
            or parent.find(name, None)
            for name in dict.fromkeys((key(text), rest))
        ):  # fmt: skip
            return True
        top = self._rows[: self._plan.first_row]
        return key(text) in {key(cell) for row in top for cell in row if type(cell) is str}


def _bare(text: str) -> str:
    return text.strip().strip("()").strip()


@lru_cache(maxsize=16384)
def _unknown_words(text: str, kind: str) -> str:
    """What a text says beside words that only group rows; "" where it says nothing else."""
    plain = _ORDINAL.sub("", key(text), count=1)
    named = "named_groups" if kind == "units" else "named_projects"
    is_name = re.fullmatch(ROW_WORDS[named], plain) and not ROW_WORDS.pattern("changes").search(
        plain
    )
    return "" if is_name else " ".join(_REST.sub(" ", _known(kind).sub(" ", plain)).split())


@lru_cache(maxsize=3)
def _known(kind: str) -> re.Pattern[str]:
    listed = ROW_WORDS["headings"]
    words = [*listed["any"], *listed[kind], *(listed["others"] if kind == "texts" else ())]
    return re.compile("|".join(map(whole, sorted(words, key=len, reverse=True))))
