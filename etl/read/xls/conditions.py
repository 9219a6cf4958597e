"""Conditional formats of an old Excel workbook: CONDFMT and CF records of [MS-XLS]."""

from __future__ import annotations

import struct

from etl.read.seen.appearance import WHITE, Font
from etl.read.xls.styles import XlsStyles, string_at
from etl.read.xlsx.conditions import Area, Condition

CONDFMT, CF = 0x1B0, 0x1B1
_OPERATORS = {
    1: "between", 2: "notBetween", 3: "equal", 4: "notEqual", 5: "greaterThan", 6: "lessThan",
    7: "greaterThanOrEqual", 8: "lessThanOrEqual",
}  # fmt: skip
_NUMBER_FORMAT, _FONT, _ALIGNMENT, _BORDER, _PATTERN = 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29
_FONT_SIZE, _STRUCK, _NO_COLOUR = 118, 0x80, 0xFFFFFFFF
_INT, _NUMBER, _REFERENCE, _FUNCTION = 0x1E, 0x1F, 0x2C, 0x21
_COMPARED = {0x09: "lessThan", 0x0A: "lessThanOrEqual", 0x0B: "equal", 0x0C: "greaterThanOrEqual",
             0x0D: "greaterThan", 0x0E: "notEqual"}  # fmt: skip
_NEVER = frozenset({2, 3, 126, 129})  # ISNA, ISERROR, ISERR, ISBLANK: not of a figure
_ITSELF = (0, 0xC000)  # no rows and no columns away


def areas_at(stream: bytes, at: int) -> tuple[Area, ...]:
    """The areas of a CONDFMT record. Raises struct.error."""
    count = struct.unpack_from("<H", stream, at + 12)[0]
    found = (struct.unpack_from("<4H", stream, at + 14 + 8 * n) for n in range(count))
    return tuple((top, left, bottom, right) for top, bottom, left, right in found)


def conditions_at(
    stream: bytes, at: int, length: int, areas: tuple[Area, ...], styles: XlsStyles
) -> list[Condition]:
    """The condition of a CF record; none where it hides nothing. Raises struct.error."""
    kind, comparison, first, second = struct.unpack_from("<BBHH", stream, at)
    if not _hides(stream, at + 6, styles):
        return []
    tokens = stream[at + length - first - second : at + length]
    if kind == 2:
        return [_of_formula(tokens, areas)]
    limits = [_literal(tokens[:first]), _literal(tokens[first:]) if second else ""]
    if limits[0] is None or limits[1] is None:
        return [Condition(areas)]
    said = tuple(filter(None, limits))
    return [Condition(areas, _OPERATORS.get(comparison, ""), said, (0, 0))]


def _hides(stream: bytes, at: int, styles: XlsStyles) -> bool:
    """Whether a DXFN structure strikes, hides or changes what is seen of a number."""
    flags, more = struct.unpack_from("<IH", stream, at)
    at += 6
    code, font, behind = "", Font(), WHITE
    if flags & _NUMBER_FORMAT:
        size = struct.unpack_from("<H", stream, at)[0] if more & 1 else 2
        own = more & 1
        code = (
            string_at(stream, at + 2, styles.is_biff8)
            if own
            else styles.format_code(stream[at + 1])
        )
        at += size
    if flags & _FONT:
        style, own, left_out = struct.unpack_from("<68xI8xI4xI", stream, at)
        if style & _STRUCK and not left_out & _STRUCK:
            return True
        font = Font(colour="" if own == _NO_COLOUR else styles.colour(own))
        at += _FONT_SIZE
    at += 8 * bool(flags & _ALIGNMENT) + 8 * bool(flags & _BORDER)
    if flags & _PATTERN:
        behind = styles.colour(struct.unpack_from("<I", stream, at)[0] >> 23 & 0x7F)
    return font.on(behind, code).hides


def _literal(tokens: bytes) -> str | None:
    """A number that stands alone in the tokens of a formula."""
    if tokens[:1] == bytes([_INT]) and len(tokens) == 3:
        return str(struct.unpack("<xH", tokens)[0])
    if tokens[:1] == bytes([_NUMBER]) and len(tokens) == 9:
        return format(struct.unpack("<xd", tokens)[0], "f")
    return None


def _of_formula(tokens: bytes, areas: tuple[Area, ...]) -> Condition:
    """A condition on the cell's own content, as far as its formula says one."""
    kinds = [token & 0x1F | 0x20 for token in (tokens[:1] + tokens[5:6])]
    if len(tokens) < 8 or kinds[0] != _REFERENCE:
        return Condition(areas)
    if len(tokens) == 8 and kinds[1] == _FUNCTION:
        function = struct.unpack_from("<H", tokens, 6)[0]
        return Condition(areas, "never" if function in _NEVER else "")
    limit, sign = _literal(tokens[5:-1]), _COMPARED.get(tokens[-1], "")
    if limit is None or struct.unpack_from("<HH", tokens, 1) != _ITSELF:
        return Condition(areas)
    return Condition(areas, sign, (limit,), (0, 0))
