"""Number formats: what a person sees of a number, and whether it is the number that is stored.

A format may divide by thousands, write digits of its own, multiply by 100 or show nothing at all.
So a number is drawn as its format draws it, read back as a person would read it (a dot between
thousands, a comma before decimals), and compared with what the file holds. Formats are written as
in ECMA-376 part 1, 18.8.31; ods styles are put into the same words (read.ods.styles).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0",
    7: "#,##0.00", 8: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general)|(?P<exponent>E[+-])|(?P<date>AM/PM|A/P|[ymdhsbge]+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<at>@)|(?P<slash>/)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION_END = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|(;)', re.DOTALL)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)\s*$", re.I)
# digits of another script; a comparison that is not understood
_UNCLEAR = re.compile(r"(?:db|nat)num\d|\$.*-(?:0?[2-9a-f]|1[0-9a-f])[0-9a-f]{6}$|\s*[<>=]", re.I)
_SEEN = re.compile(r"^([^\d]*)(\d(?:[\d., ]*\d)?)([^\d]*)$")
_SIGN = frozenset("-–−+")
_NUMBER = re.compile(r"(?:[1-9]\d{0,2}(?:[. ]\d{3})+|\d+)(?:,\d+)?")
_SIGNS = re.compile(r"[-–−+()\s.,\u00a0\u202f]+")
_PROBES = (0, 1, 9, 12, 99.5, 100, 101, 1337, 1234567.891, 0.5, 0.0808, -5, -1337.5, 1e9)


class Shown(NamedTuple):
    """A number as its format shows it.

    text: with Vietnamese marks ("9.050", "12,5%"); "" where nothing is to be seen.
    power: 2 where it is multiplied by 100 and a percent sign says so, else 0.
    affix: the format's own words beside the number ("hộ", "%" as mere text).
    agrees: whether a person reads the number that is stored, but for rounding.
    """

    text: str
    power: int
    affix: str
    agrees: bool


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    is_white: bool
    unclear: str = ""  # what it says that cannot be drawn here

    def has(self, kind: str) -> bool:
        return any(token.kind == kind for token in self.tokens)

    @property
    def has_own_digits(self) -> bool:
        literals = (token.text for token in self.tokens if token.kind == "literal")
        return any(letter.isdigit() for text in literals for letter in text)


@lru_cache(maxsize=4096)
def is_plain(code: str) -> bool:
    """Whether every number under the format is seen as it is stored, and every text as well."""
    sections = _sections(code)
    if any(section.condition or section.has("date") for section in sections):
        return False
    if not shows_text(code) or text_shown(code, "1")[1] != "" or shown(code, 1).text[:1] == "0":
        return False  # under "000" 7 is the document "007"
    all_shown = (shown(code, probe) for probe in _PROBES)
    return all(s.agrees and not s.power and not s.affix and s.text.strip() for s in all_shown)


@lru_cache(maxsize=4096)
def shows_text(code: str) -> bool:
    """Whether a text under the format is seen: the fourth section may leave it out."""
    sections = _sections(code)
    return len(sections) < 4 or sections[3].has("at") or sections[3].has("general")


@lru_cache(maxsize=4096)
def text_shown(code: str, text: str) -> tuple[str, str | None]:
    """A number that is stored as text as its format shows it, and the words beside it; None where
    the format makes another number of it."""
    section = _sections(code)[-1]
    if not section.has("at"):  # texts are shown as they are
        return text, ""
    shown = "".join(_literal(token, text if token.kind == "at" else "") for token in section.tokens)
    beside = " ".join(t.text for t in section.tokens if t.kind == "literal").strip()
    is_once = sum(token.kind == "at" for token in section.tokens) == 1
    if not is_once or section.has_own_digits or re.search(r"[-–−()+,]", beside):
        return shown, None
    words = f"{beside} %" if section.has("percent") else beside
    return shown, _SIGNS.sub(" ", words).strip()


def shown(code: str, value: float) -> Shown:
    """The number as shown; a date or a time never agrees with it."""
    number = Decimal(format(value, ".15g"))
    section, is_negative = _section_of(_sections(code), number)
    if section is None or section.has("date"):
        return Shown("ngày, giờ" if section else "####", 0, "", agrees=False)
    if section.unclear:
        return Shown(f"định dạng [{section.unclear}]", 0, "", agrees=False)
    power = 2 * sum(token.kind == "percent" for token in section.tokens)
    text = "" if section.is_white else ("-" if is_negative else "") + _drawn(section, abs(number))
    read = _read_back(text, power, number)
    # digits of the format's own are none of the number, even where the two come out alike
    return read._replace(agrees=read.agrees and not section.has_own_digits)


def _read_back(text: str, power: int, number: Decimal) -> Shown:
    """What a person reads in the drawn text, beside the number stored."""
    said = text.replace("%", "") if power else text
    if not said.strip():
        return Shown("", power, "", agrees=False)
    if not number and not _SIGNS.sub("", said):  # an accountant's "-" is nought
        return Shown(text, power, "", agrees=True)
    found = _SEEN.match(said.strip())
    if not found:
        return Shown(text, power, "", agrees=False)
    before, digits, after = found.groups()
    affix = " ".join(filter(None, (_SIGNS.sub(" ", part).strip() for part in (before, after))))
    if not _NUMBER.fullmatch(digits) or after.strip() in _SIGN:  # 75+ is 75 or more
        return Shown(text, power, affix, agrees=False)
    seen = Decimal(digits.replace(".", "").replace(" ", "").replace(",", "."))
    if re.search(r"[-–−]", before) or ("(" in before and ")" in after):
        seen = -seen
    half = Decimal(5).scaleb(-1 - len(digits.partition(",")[2]))
    return Shown(text, power, affix, agrees=abs(seen - number.scaleb(power)) <= half)


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    parts, begin = [], 0
    for found in _SECTION_END.finditer(code):
        if found[1]:
            parts.append(code[begin : found.start()])
            begin = found.end()
    return tuple(_section(part) for part in (*parts, code[begin:]))


def _section(code: str) -> _Section:
    tokens: list[_Token] = []
    condition, is_white, unclear = None, False, ""
    for found in _TOKEN.finditer(code):
        kind = str(found.lastgroup)
        text = found[kind]
        if kind == "bracket":
            if rule := _CONDITION.match(text):
                condition = (rule[1], Decimal(rule[2]))
            elif _UNCLEAR.match(text):
                unclear = text
            elif text.startswith("$"):
                tokens.append(_Token("literal", text[1:].partition("-")[0]))
            elif re.fullmatch(r"[hms]+", text, re.IGNORECASE):
                tokens.append(_Token("date", text))
            is_white |= text.lower() in ("white", "color2", "color 2")
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(_Token("literal", text))
        elif kind == "fill":  # repeated over the width of the cell
            tokens.append(_Token("literal", text if text == " " else text * 3))
        elif kind == "space":
            tokens.append(_Token("literal", " "))
        else:
            tokens.append(_Token(kind, text))
    return _Section(tuple(tokens), condition, is_white, unclear)


def _section_of(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it is drawn with a minus sign of its own."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(section.condition, number):
                return section, number < 0
        return None, False
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], number < 0


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    operator, limit = condition
    return {
        "<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit,
        "=": number == limit, "<>": number != limit,
    }[operator]  # fmt: skip


def _drawn(section: _Section, number: Decimal) -> str:
    """A number that is not negative, as the section draws it."""
    tokens = section.tokens
    if section.has("general") or section.has("at"):
        text = format(number, "f").replace(".", ",")
        return "".join(_literal(t, text if t.kind in ("general", "at") else "") for t in tokens)
    if section.has("exponent"):
        return f"{number:.2E}".replace(".", ",")
    if section.has("slash") and section.has("digit"):
        is_whole = number == number.to_integral_value()
        return format(number, "f") if is_whole else format(number, "f").replace(".", "/")
    if not section.has("digit"):
        return "".join(_literal(token, "") for token in tokens)
    whole, decimals = _split(tokens)
    number = number.scaleb(2 * sum(t.kind == "percent" for t in tokens) - 3 * _scaling(tokens))
    places = sum(token.kind == "digit" for token in decimals)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits, _, fraction = format(rounded, "f").partition(".")
    return _whole(whole, "" if digits == "0" else digits) + _fraction(decimals, fraction)


def _literal(token: _Token, otherwise: str) -> str:
    if token.kind == "literal":
        return token.text
    return "%" if token.kind == "percent" else otherwise


def _split(tokens: tuple[_Token, ...]) -> tuple[tuple[_Token, ...], tuple[_Token, ...]]:
    """Tokens before the decimal point, and from it on."""
    at = next((n for n, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    return tokens[:at], tokens[at:]


def _scaling(tokens: tuple[_Token, ...]) -> int:
    """How many times the number is divided by a thousand: commas right behind a last digit."""
    found = 0
    for part in _split(tokens):
        kinds = [token.kind for token in part]
        if "digit" in kinds:
            last = len(kinds) - 1 - kinds[::-1].index("digit")
            behind = kinds[last + 1 :]
            found += next((n for n, kind in enumerate(behind) if kind != "comma"), len(behind))
    return found


def _whole(tokens: tuple[_Token, ...], digits: str) -> str:
    """The digits before the decimal point, spread over their places from the right."""
    places = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    between = range(places[0], places[-1]) if places else range(0)
    is_grouped = any(tokens[n].kind == "comma" for n in between)
    out: list[str] = []
    done = 0

    def put(digit: str) -> None:
        nonlocal done
        if is_grouped and done and done % 3 == 0 and digit.isdigit():
            out.append(".")
        out.append(digit)
        done += 1

    for n in range(len(tokens) - 1, -1, -1):
        token = tokens[n]
        if token.kind != "digit":
            out.append(_literal(token, "")[::-1])
            continue
        if digits or token.text == "0":
            put(digits[-1:] or "0")
            digits = digits[:-1]
        elif token.text == "?":
            out.append(" ")
        if n == places[0]:
            for digit in reversed(digits):
                put(digit)
    return "".join(out)[::-1]


def _fraction(tokens: tuple[_Token, ...], digits: str) -> str:
    """The decimal point and the digits after it; zeros that a `#` stands for are left out."""
    places = [token.text for token in tokens if token.kind == "digit"]
    kept = len(places)
    while kept and places[kept - 1] != "0" and digits[kept - 1] == "0":
        kept -= 1
    out, done = "", 0
    for token in tokens:
        if token.kind == "point":
            out += "," if kept else ""
        elif token.kind == "digit":
            out += digits[done] if done < kept else ""
            done += 1
        else:
            out += _literal(token, "")
    return out
