"""Who filed it, for which year and period: read from the title block above the header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from etl.ground.forms import Form
from etl.ground.records import Finding
from etl.ground.text import key, suggest
from etl.ground.units import Unit, UnitIndex

_YEAR_PLACE = re.compile(r"\s*(?:năm )?\{year\}")
_YEAR_LINE = re.compile(r"^(?:\(|6 tháng|sáu tháng|cả năm|năm|giai đoạn)")
_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"\btháng\s+\d{1,2}\s+năm\s+\d{4}")
_PERIOD_ENDS = {"H1": (6, 30), "Y": (12, 31)}
_UNIT_WORDS = r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)"
_MENTION = re.compile(rf"\b({_UNIT_WORDS})\s+([^,;:()\n]+?)(?=\s*(?:[,;:()]|$|\s{_UNIT_WORDS}\s))")
# "xã hội", "huyện nghèo", "thành phố năm 2024": words after a unit word that name no unit
_NOT_A_NAME = re.compile(r"^(?:hội(?: (?:chủ nghĩa|cơ bản).*)?|(?:nghèo|trên|của|và|năm \d+)\b.*)$")
_REPORTER = re.compile(r"^(?:đơn vị báo cáo|đơn vị lập)\s*:\s*(.+)$")
_LEVELS = ("commune", "district", "province")  # the lowest named one files
_LEVEL_OF = {
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "huyện": "district",
    "quận": "district", "thị xã": "district", "tỉnh": "province",
}  # fmt: skip


class IdentityError(Exception):
    """What the title block does not say, as the finding's rule and params."""

    def __init__(self, rule: str, **params: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.params = tuple(params.items())

    def finding(self, filing_id: int, sheet: str) -> Finding:
        """The finding for this filing."""
        return Finding(filing_id, self.rule, sheet, seen=dict(self.params).get("seen", ""),
                       params=self.params)  # fmt: skip


def title_lines(rows: Iterable[Iterable[object]]) -> list[str]:
    """All texts of the title block, in reading order."""
    return [cell for row in rows for cell in row if type(cell) is str and cell.strip()]


@lru_cache(maxsize=64)
def _title_patterns(form: Form) -> tuple[re.Pattern[str], ...]:
    """The titles, whose year may be forgotten: that is said, not taken for another form."""
    year = r"(?:\s*(?:năm\s*)?(?:19|20)\d\d)?"
    titles = (_YEAR_PLACE.sub(lambda _found: year, key(title)) for title in form.titles)
    return tuple(re.compile(title) for title in titles)


@lru_cache(maxsize=65536)
def _is_title(form: Form, line: str) -> bool:
    return any(p.search(key(line)) for p in _title_patterns(form))


def titles(form: Form, lines: list[str]) -> list[str]:
    """The lines with the form's title, each with the line below if only that names the year.

    Empty where a line says `unless`.
    """
    if any(key(word) in key(line) for word in form.unless for line in lines):
        return []
    found = []
    for line, below in pairwise([*lines, ""]):
        if _is_title(form, line):
            goes_on = not years_in(line) and _YEAR_LINE.match(key(below))
            found.append(f"{line} {below}" if goes_on else line)
    return found


@lru_cache(maxsize=65536)
def years_in(text: str) -> frozenset[int]:
    """All years that a text names; the date of a signature is none ("ngày 1 tháng 3 năm 2025"),
    nor is the number of a document ("29/2025")."""
    return frozenset(int(year) for year in _YEAR.findall(_DATED.sub(" ", key(text))))


def titled_years(titles: list[str]) -> set[int]:
    """All years that the titles name."""
    return {year for title in titles for year in years_in(title)}


def find_year(form: Form, titles: list[str], header_years: frozenset[int]) -> int:
    """Reporting year of the titles, which the header's years must not contradict.

    Raises IdentityError: year-missing, years-differ, year-outside.
    """
    years = titled_years(titles)
    if not years:
        raise IdentityError("year-missing", wanted=form.titles[0].replace("{year}", "…"))
    if len(years | header_years) > 1:
        seen = ", ".join(str(y) for y in sorted(years | header_years))
        raise IdentityError("years-differ", seen=seen)
    (year,) = years
    if year not in form.years:
        limits = {"first": str(form.valid.from_), "last": str(form.valid.to)}
        raise IdentityError("year-outside", seen=str(year), year=str(year), **limits)
    return year


def find_period(form: Form, titles: list[str]) -> str:
    """Period code of the titles; a form with one period needs no words for it.

    Raises IdentityError: period-missing.
    """
    if len(form.periods) == 1:
        return next(iter(form.periods))
    found = [
        period
        for period, words in form.periods.items()
        if any(key(word) in key(title) for word in words for title in titles)
    ]
    if len(found) != 1:
        raise IdentityError("period-missing", seen="; ".join(titles[:1]))
    return found[0]


def units_on(form: Form, year: int, period: str) -> date:
    """The day whose units a filing of this form is bound to."""
    return date(year, 1, 1) if form.units_on == "start" else date(year, *_PERIOD_ENDS[period])


def find_filer(units: UnitIndex, form: Form, lines: list[str], on: date) -> Unit:
    """The unit that files: province, then district, then commune, each inside the one above.

    A line "Đơn vị báo cáo: ..." wins over the rest of the title block; every name of the
    filer's level in it must be the same known unit.
    Raises IdentityError: filer-missing, filer-unknown, filer-ambiguous.
    """
    named = _mentions(units, lines, on)
    level = next((level for level in _LEVELS if level in form.filer and level in named), None)
    if level is None:
        raise IdentityError("filer-missing", level=form.filer[0])
    parents = _parents(units, level, named, on)
    found: dict[str, Unit] = {}
    for text in named[level]:
        matches = _inside(units, level, [text], parents, on)
        if not matches:
            names = [u.full_name for u in units.units if u.level == level]
            nearest = "; ".join(suggest(text, names))
            day = on.strftime("%d/%m/%Y")
            raise IdentityError("filer-unknown", seen=text, suggestions=nearest, on=day)
        found.update((unit.code, unit) for unit in matches)
    # paper of another commune under this one's report: one of the two is wrong
    letterhead = _named_in(units, [key(line) for line in lines], on).get(level, [])
    found.update((u.code, u) for u in _inside(units, level, letterhead, parents, on))
    if len(found) > 1:
        listed = "; ".join(unit.full_name for unit in found.values())
        raise IdentityError("filer-ambiguous", seen=named[level][0], units=listed)
    return next(iter(found.values()))


def _parents(
    units: UnitIndex, level: str, named: dict[str, list[str]], on: date
) -> list[Unit | None]:
    """The units that the title names above the filer; [None] where the filer is a province."""
    if level == "province":
        return [None]
    parents: list[Unit | None] = list(_provinces(units, named, on))
    if level == "commune" and "district" in named:
        parents = list(_inside(units, "district", named["district"], parents, on))
    return parents


def _mentions(units: UnitIndex, lines: list[str], on: date) -> dict[str, list[str]]:
    """Unit names per level, the reporter line alone if there is one."""
    keys = [key(line) for line in lines]
    reporter = [m[1] for m in map(_REPORTER.match, keys) if m]
    return _named_in(units, reporter or keys, on)


def _named_in(units: UnitIndex, keys: list[str], on: date) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for line in keys:
        found = [m for m in _MENTION.finditer(line) if not _NOT_A_NAME.match(m[2])]
        for match in found:
            level = _LEVEL_OF.get(match[1])
            if level is None:  # a city: a province only where nothing larger follows it
                is_last = match is found[-1]
                is_province = is_last and units.find("province", match[0], on)
                level = "province" if is_province else "district"
            texts = named.setdefault(level, [])
            if match[0] not in texts:
                texts.append(match[0])
    return named


def _provinces(units: UnitIndex, named: dict[str, list[str]], on: date) -> list[Unit]:
    if "province" not in named:
        return [u for u in units.units if u.level == "province" and u.valid_from <= on < u.valid_to]
    return [u for text in named["province"] for u in units.find("province", text, on)]


def _inside(
    units: UnitIndex, level: str, texts: list[str], parents: list[Unit | None], on: date
) -> list[Unit]:
    """Units of `level` that one of the texts names inside one of the parents."""
    return [
        unit
        for parent in parents
        for text in texts
        for unit in units.find(level, text, on, parent.code if parent else None)
    ]
