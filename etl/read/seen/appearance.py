"""How a cell looks: its number format, what is struck through, raised or not to be seen at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from etl.ground.records import Doubt, SecondLook
from etl.read.seen import dated_formats, formats

WHITE, BLACK = "ffffff", "000000"
_ALIKE = 24  # two colours that differ less in red, green and blue are one to the eye
_TINY = 2.5  # points
_FAINT = 1.3  # contrast as WCAG 2 reckons it, 1 to 21
_LIGHT = (0.2126, 0.7152, 0.0722)  # what red, green and blue give of it
_HEX = re.compile("[0-9a-f]{6}")
_NUMBER = re.compile(r"[\d\s.,%()+–-]*\d[\d\s.,%()+–-]*")
_SYMBOLS = re.compile(r"(?:wingdings|webdings|marlett|zapf ?dingbats|bookshelf symbol)", re.I)


class Appearance(NamedTuple):
    """What the style of a cell does to what is in it.

    is_repeated: the content is repeated over the width of the cell ("fill" alignment).
    font: its name.
    behind: the colour of the cell itself, colour: that of its text, as in is_unseen.
    """

    format: str = "General"
    is_struck: bool = False
    is_raised: bool = False
    is_invisible: bool = False
    is_repeated: bool = False
    font: str = ""
    behind: str = WHITE
    colour: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether every number and text is seen as it is stored."""
        odd = self.is_struck or self.is_raised or self.is_invisible or self.is_repeated
        odd |= bool(symbol_font(self.font)) or is_faint(self.colour, self.behind)
        return not odd and formats.is_plain(self.format)

    @property
    def hides(self) -> bool:
        """Whether a conditional format of this look changes what is seen of a number."""
        return self.is_struck or self.is_invisible or not formats.is_plain(self.format)


PLAIN = Appearance()


class Font(NamedTuple):
    """A font as far as it hides or marks text; `colour` as in is_unseen, "" where none is said."""

    is_struck: bool = False
    is_raised: bool = False
    colour: str = ""
    points: float = 0.0
    name: str = ""

    def on(self, behind: str, code: str, *, is_repeated: bool = False) -> Appearance:
        """The look of a cell in it, on a colour and in a number format ("": none)."""
        colour = self.colour or BLACK
        return Appearance(
            code or "General", self.is_struck, self.is_raised,
            is_unseen(colour, behind, self.points), is_repeated, self.name, behind, colour,
        )  # fmt: skip


class Run(NamedTuple):
    """A piece of a text that is set in its own way; `colour` and `points` as in is_unseen, `font`
    its name, "" for that of the cell."""

    text: str
    is_struck: bool = False
    is_raised: bool = False
    colour: str = ""
    points: float = 0.0
    font: str = ""


def is_unseen(colour: str, behind: str, points: float) -> bool:
    """Whether text of a colour on another, of a size, cannot be seen.

    A colour is "ff0000", a name that only equals itself ("theme 4"), or "" where it is not known.
    """
    if points and points < _TINY:
        return True
    if not colour or not behind:
        return False
    if not (_HEX.fullmatch(colour) and _HEX.fullmatch(behind)):
        return colour == behind
    pairs = ((colour[at : at + 2], behind[at : at + 2]) for at in (0, 2, 4))
    return all(abs(int(one, 16) - int(other, 16)) < _ALIKE for one, other in pairs)


def is_faint(colour: str, behind: str) -> bool:
    """Whether text of a colour on another can hardly be seen; as in is_unseen."""
    if not (_HEX.fullmatch(colour) and _HEX.fullmatch(behind)):
        return False
    dark, light = sorted(map(_luminance, (colour, behind)))
    return (light + 0.05) / (dark + 0.05) < _FAINT


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(share * part for share, part in zip(_LIGHT, linear, strict=True))


def looked_at(look: SecondLook, style: Appearance, runs: Iterable[Run] = ()) -> SecondLook:
    """The look at a cell with what its style and the pieces of its text make of it."""
    pieces = list(runs)
    if look.kind == "number":
        look = _number(look, style.format)
    elif look.kind == "text":
        look = _text(look, style, pieces)
    elif look.kind == "date":
        look = _date(look, style.format)
    if look.kind in ("blank", "error", "formula"):
        return look
    doubts = list(look.doubts)
    struck = style.is_struck or bool(pieces and all(p.is_struck for p in pieces))
    if style.is_invisible and not any(d.rule == "cell-invisible" for d in doubts):
        doubts.append(_doubt("cell-invisible", stored=look.text))
    colours = {style.colour, *(piece.colour for piece in pieces if piece.text.strip())}
    if any(is_faint(colour, style.behind) for colour in colours) and not doubts:
        doubts.append(Doubt("cell-faint"))
    if struck:
        doubts.append(_doubt("cell-struck", stored=look.text, left="–"))
    if style.is_raised:
        doubts.append(_doubt("cell-raised", stored=look.text, left="–"))
    if style.is_repeated:
        doubts.append(_doubt("number-shown", stored=look.text, shown=f"{look.text}{look.text}…"))
    if symbols := symbol_font(style.font):
        doubts.append(_doubt("number-shown", stored=look.text, shown=f"ký hiệu ({symbols})"))
    return look._replace(doubts=tuple(doubts))


def is_number(text: str) -> bool:
    """Whether a text is made of digits and the signs beside them."""
    return bool(_NUMBER.fullmatch(text))


def symbol_font(name: str) -> str:
    """The name of a font that draws pictures for letters and digits; "" for any other."""
    return name if _SYMBOLS.match(name) else ""


def _number(look: SecondLook, code: str) -> SecondLook:
    if formats.is_plain(code):
        return look
    number = float(look.text)
    shown = formats.shown(code, number)
    stored = look.text.replace(".", ",")
    if shown.agrees:
        return look._replace(power=shown.power, affix=shown.affix, shown=shown.text.strip())
    if not shown.text.strip():
        doubt = _doubt("cell-invisible", stored=stored) if number else Doubt("zero-hidden")
    else:
        doubt = _doubt("number-shown", stored=stored, shown=shown.text.strip())
    return look._replace(doubts=(*look.doubts, doubt))


def _date(look: SecondLook, code: str) -> SecondLook:
    day = date.fromisoformat(look.text)
    if dated_formats.says_day(code, day):
        return look
    doubt = _doubt("date-shown", stored=f"{day:%d/%m/%Y}", shown=dated_formats.drawn(code, day))
    return look._replace(doubts=(*look.doubts, doubt))


def _text(look: SecondLook, style: Appearance, pieces: list[Run]) -> SecondLook:
    doubts = []
    if not formats.shows_text(style.format):
        doubts.append(_doubt("cell-invisible", stored=look.text))
    elif is_number(look.text):  # words that a format puts beside a name change no figure
        shown, affix = formats.text_shown(style.format, look.text)
        if affix is None:
            doubts.append(_doubt("number-shown", stored=look.text, shown=shown))
        look = look._replace(affix=affix or "")
    if any(piece.is_struck for piece in pieces) and not all(piece.is_struck for piece in pieces):
        left = "".join(piece.text for piece in pieces if not piece.is_struck).strip()
        doubts.append(_doubt("cell-struck", stored=look.text, left=left or "–"))
    if any(piece.is_raised for piece in pieces):
        left = "".join(piece.text for piece in pieces if not piece.is_raised).strip()
        doubts.append(_doubt("cell-raised", stored=look.text, left=left or "–"))
    unseen = (p for p in pieces if p.text.strip() and is_unseen(p.colour, style.behind, p.points))
    if any(unseen):
        doubts.append(_doubt("cell-invisible", stored=look.text))
    return look._replace(doubts=(*look.doubts, *doubts))


def _doubt(rule: str, **params: str) -> Doubt:
    return Doubt(rule, tuple(params.items()))
