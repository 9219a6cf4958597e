"""Whether a formula of an old Excel workbook can give a text at all ([MS-XLS] 2.5.198).

Programs that write files without computing store an empty text as its result. Only the sum or the
quotient that it is tells that from a formula whose result really is an empty text.
"""

from __future__ import annotations

import struct

_INT, _NUMBER, _ATTRIBUTE, _STRING = 0x1E, 0x1F, 0x19, 0x17
_FUNCTION, _FUNCTION_OF_SEVERAL = 0x21, 0x22
_IS_SUM, _IS_CHOOSE = 0x10, 0x04
_ARITHMETIC = frozenset({0x03, 0x04, 0x05, 0x06, 0x07, 0x12, 0x13, 0x14})
# COUNT SUM AVERAGE MIN MAX ABS INT ROUND PRODUCT SUBTOTAL
_NUMERIC = frozenset({0, 4, 5, 6, 7, 24, 25, 27, 183, 344})
_SIZES = {
    0x01: 5, 0x02: 5, 0x1C: 2, 0x1D: 2, 0x1E: 3, 0x1F: 9, 0x20: 8, 0x21: 3, 0x22: 4, 0x23: 5,
    0x24: 5, 0x25: 9, 0x26: 7, 0x27: 7, 0x28: 7, 0x29: 3, 0x2A: 5, 0x2B: 9, 0x2C: 5, 0x2D: 9,
    0x39: 7, 0x3A: 7, 0x3B: 11, 0x3C: 7, 0x3D: 11,
}  # fmt: skip


def is_numeric(tokens: bytes) -> bool:
    """Whether the formula in these tokens (BIFF8) gives a number or an error, never a text; False
    where that cannot be told."""
    at, last = 0, False
    while at < len(tokens):
        kind = tokens[at] if tokens[at] < 0x20 else 0x20 | tokens[at] & 0x1F
        try:
            size = _size(tokens, at, kind)
            last = _result_is_numeric(tokens, at, kind, last)
        except (struct.error, IndexError):
            return False
        if size == 0:
            return False
        at += size
    return last


def _size(tokens: bytes, at: int, kind: int) -> int:
    if kind == _STRING:
        return 3 + tokens[at + 1] * (1 + (tokens[at + 2] & 1))
    if kind == _ATTRIBUTE:
        jumps = struct.unpack_from("<H", tokens, at + 2)[0] if tokens[at + 1] & _IS_CHOOSE else -1
        return 4 + 2 * (jumps + 1)
    return _SIZES.get(kind, 1 if 0x03 <= kind <= 0x16 else 0)


def _result_is_numeric(tokens: bytes, at: int, kind: int, before: bool) -> bool:
    """What the token at a place leaves as the last result; attributes leave it as it was."""
    if kind == _ATTRIBUTE:
        return before or bool(tokens[at + 1] & _IS_SUM)
    if kind == _FUNCTION:
        return struct.unpack_from("<H", tokens, at + 1)[0] in _NUMERIC
    if kind == _FUNCTION_OF_SEVERAL:
        return struct.unpack_from("<H", tokens, at + 2)[0] & 0x7FFF in _NUMERIC
    return kind in _ARITHMETIC or kind in (_INT, _NUMBER)
