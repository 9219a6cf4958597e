"""What single cells and rows say, apart from any table: figures, words, numbering, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from etl.catalogue.answers import answer, answers
from etl.catalogue.codes import code_of, nearest
from etl.catalogue.forms import Column
from etl.catalogue.measures import factor_of
from etl.ground.records import State
from etl.ground.text import key
from etl.normalise.texts.numbers import (
    BLANK,
    Number,
    converted,
    is_amount,
    is_not_applicable,
    parse_float,
    parse_text,
)
from etl.normalise.texts.signs import seen

# "B", "3", "(3)=(2)/(1)*100", "Cột 4"; Excel makes -3 of a typed (3)
_NUMBERING = re.compile(
    r"(?:cột )?[(\[]?(?:[A-ZĐ]|-?\d{1,2}(?:\.0)?)[)\].]?(?:\s*=.*)?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
# "12 hộ", "(8)"; formulas and errors as text; O and l typed for 0 and 1; any other signs with a
# digit among them and no letter ("≥ 18", "20 - 30", "18/18", "½"), but no date.
_FIGURE = re.compile(
    r"[\s(+\-–—]*\d[\d.,\s]*[%)]?\s*\w{0,6}\s*\)?"
    r"|=.+|#[A-Z/0]+[!?A]"
    r"|(?=.*\d)[\dOoIl.,]+|[\d.,]+[eE][+-]?\d+",
    re.DOTALL,
)
_DATE = re.compile(r"\W*(?:[\d.…]{1,4}\s*[/.-]\s*){1,2}(?:19|20)\d\d\W*")
_ORDINAL = re.compile(
    r"^(?:(?:(?:\d{1,2}\.)*\d{1,3}|i{1,3}|iv|vi{0,3}|ix)\s*[.)\-–]|[a-zđ]\)|[-–+*•])\s*"
)
_FOOTNOTE = re.compile(r"(?<=[\w)])\s?(?:[(\[]\d{1,2}[)\]]|[¹²³⁴-⁹]+)$")  # "xã kim hỷ(1)"


def parse(raw: object, unit: str | None) -> Number:
    """A cell as a figure. A date was a number until Excel changed it: both readings are shown."""
    if type(raw) is float:
        return parse_float(raw, unit)
    if type(raw) is str:
        return parse_text(raw, unit) if raw else BLANK
    if isinstance(raw, (date, datetime)):
        readings = (("first", f"{raw.day}.{raw.month}"), ("second", f"{raw.month}.{raw.year}"))
        return Number(State.UNREADABLE, None, "number-date", readings)
    return Number(State.UNREADABLE, None, "number-unreadable")


def parsed_as(raw: object, unit: str | None, measure: str) -> Number:
    """A cell as a figure in `unit`; its row says that it is in `measure` ("": nothing). What the
    cell itself says goes before: "500 triệu đồng" in a row of tỷ đồng is 500 million."""
    factor = factor_of(unit, measure) if measure else None
    if factor is None or (type(raw) is str and _says_measure(raw)):
        return parse(raw, unit)
    number = parse(raw, "number")
    return number if number.rule else converted(number, unit, factor, measure)


@lru_cache(maxsize=4096)
def _says_measure(text: str) -> bool:
    """Whether a cell names what it counts: "2 tỷ đồng", "5%"."""
    plain = seen(text).plain
    return plain.endswith("%") or is_amount(plain)


def answered(raw: object, column: Column) -> Number:
    """A cell that is answered yes or no, as 1 or 0; a dash says that there is nothing to answer."""
    text = written(raw)
    if (value := answer(column, text)) is not None:
        return Number(State.VALUE, value)
    said = parse_text(text, None)
    if said.state in (State.BLANK, State.NOT_APPLICABLE) and not any(map(str.isalpha, text)):
        return said
    allowed = "; ".join(word for words in answers(column).values() for word in words)
    return Number(State.UNREADABLE, None, "value-unknown", (("allowed", allowed),))


def shown(raw: object, value: str | None) -> str:
    """A cell as its filer sees it: a decimal comma, a date by day, a time in hours."""
    if type(raw) is float and (number := value or parse_float(raw, None).value) is not None:
        return number.replace(".", ",")
    if isinstance(raw, (date, datetime)):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, timedelta):  # hours, as [h]:mm shows them: 1800:00
        minutes = round(raw.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(raw)


def written(raw: object) -> str:
    """A cell as text: a number without the decimals that a computer adds (46, not 46.0)."""
    return shown(raw, None).strip()


def is_figure(cell: object) -> bool:
    """Whether a cell holds, or was meant to hold, a figure: not words, not a date line."""
    return _is_figure(cell) if type(cell) is str else True


@lru_cache(maxsize=1 << 16)
def _is_figure(text: str) -> bool:
    plain = seen(text).plain
    if _FIGURE.fullmatch(plain) or is_not_applicable(plain) or is_amount(plain):
        return True
    if _DATE.fullmatch(plain) or any(map(str.isalpha, plain)):
        return False
    return any(map(str.isnumeric, plain))


def is_numbering(row: Iterable[object], *, is_named: bool = True) -> bool:
    """The row "A, B, 1, 2, 3=1/2*100" that may stand below a header; one without a mark for the
    names (`is_named`) counts on by one, which no figures do. All its numbers are negative, or
    none."""
    filled = [str(cell).strip() for cell in row if cell != ""]
    if len(filled) < 3 or not all(map(_NUMBERING.fullmatch, filled)):
        return False
    if len({text[0] == "-" for text in filled if text.strip("-")[0].isdigit()}) > 1:
        return False
    numbers = [int(found[0]) for text in filled if (found := _DIGITS.search(text))]
    begin = numbers[0] if numbers else 0
    return is_named or numbers == [*range(begin, begin + len(filled))]


def without_ordinal(label_key: str) -> str:
    """The key of a label without the number or dash before it and the mark of a footnote behind:
    "1.xã kim hỷ(1)" is "xã kim hỷ"."""
    return _ORDINAL.sub("", _FOOTNOTE.sub("", label_key), count=1)


def coded(column: Column, text: str) -> str | None:
    """What a text cell means: one of the column's codes, an indicator, or just its text; None
    for a word that is not among those listed."""
    if column.codes:
        return code_of(column.codes, text) or (text if column.open else None)
    if column.values is None:
        return text
    plain = key(text) or text
    for code, words in column.values.items():
        if any(plain == (key(word) or word) for word in words):
            return code
    return text if column.open else None


def offered(column: Column, text: str) -> list[str]:
    """What a text cell may say instead: the words of the column, or codes like the one written."""
    if column.codes:
        return nearest(column.codes, text) or ["mã ở trang “Danh mục” của mẫu biểu"]
    return [words[0] for words in (column.values or {}).values()]
