"""What a workbook says of itself beside the names in its title: a unit's code in a cell, and the
very hidden sheet of khoxa's own blank form (blank.lists.write_about)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from etl.ground.addresses import address
from etl.ground.records import Sheet, Workbook
from etl.ground.text import key
from etl.normalise.header.faults import Found
from etl.normalise.texts.cells import written
from etl.units.index import Unit, UnitIndex
from etl.units.version import LEVEL_OF

ABOUT = "khoxa"
_LONGEST = 200
_LENGTHS = {"commune": 5, "district": 3, "province": 2}
_CODE = re.compile(
    r"^\(?mã(?: số)?(?: đơn vị)?(?: hành chính| đvhc| báo cáo)*(?: cấp)?"
    rf"(?P<level>(?:[ ,/]*\b(?:{'|'.join(LEVEL_OF)}))*)"
    r"\s*[:(=\-–]?\s*(?P<code>\d{1,5})?\)?$"
)


class Code(NamedTuple):
    """A unit's code as a cell states it, and the level that its label names, if it does."""

    text: str
    cell: str
    code: str
    level: str | None

    def unit(self, units: UnitIndex, on: date) -> Unit | None:
        """The unit of that code on the day; a number cell may have lost the zeros before it."""
        levels = [self.level] if self.level else list(_LENGTHS)
        for level in levels:
            code = self.code.zfill(_LENGTHS[level]) if self.level else self.code
            if len(code) == _LENGTHS[level] and (unit := units.history.on(level, code, on)):
                return unit
        return None


class About(NamedTuple):
    """What khoxa wrote into a blank form: for whom and when it was made."""

    form: str
    unit_code: str
    unit_name: str
    years: tuple[int, int]
    period: str


def stated_codes(table: Found) -> Iterator[Code]:
    """The codes in the title block of a table: "Mã đơn vị: 02146", or with its number in the next
    cell."""
    if not any(map(_code_in, table.title)):
        return
    for r, row in enumerate(table.sheet.rows[: table.layout.first_row]):
        for c, cell in enumerate(row):
            if type(cell) is str and (found := _code_in(cell)):
                label, code = found
                beside = next((written(each) for each in row[c + 1 :] if each != ""), "")
                code = code or (beside if beside.isdecimal() and len(beside) <= 5 else "")
                if code:
                    text = cell if found[1] else f"{cell} {code}"
                    yield Code(text.strip(), address(r, c), code, label)


@lru_cache(maxsize=65536)
def _code_in(text: str) -> tuple[str | None, str] | None:
    """Level and code ("": in another cell) of a text that states a unit's code."""
    at = key(text).rfind("mã đơn vị") if len(text) < _LONGEST else -1
    plain = key(text)[max(at, 0) :]
    match = _CODE.match(plain) if at > 0 or (len(text) < 60 and text[:1] in "mM(M") else None
    if match is None:
        return None
    words = match["level"].strip(" ,/")
    levels = {LEVEL_OF[word] for word in re.findall("|".join(LEVEL_OF), words)}
    if not match["code"] and not words and "đơn vị" not in key(text):
        return None
    return (levels.pop() if len(levels) == 1 else None), match["code"] or ""


def about(workbook: Workbook) -> About | None:
    """What the hidden sheet of a blank form says; None where there is none or it is not whole."""
    sheet = next((s for s in workbook.sheets if s.name == ABOUT and not s.visible), None)
    said = _pairs(sheet) if sheet else {}
    wanted = ("form", "unit_code", "unit_name", "year", "last_year", "period")
    if not all(said.get(name) for name in wanted):
        return None
    if not (said["year"].isdecimal() and said["last_year"].isdecimal()):
        return None
    years = (int(said["year"]), int(said["last_year"]))
    return About(said["form"], said["unit_code"], said["unit_name"], years, said["period"])


def _pairs(sheet: Sheet) -> dict[str, str]:
    return {str(row[0]).strip(): written(row[1]) for row in sheet.rows if len(row) > 1}
