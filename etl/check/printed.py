"""Whether a figure stands in the text that it was taken from: "1.337", "8,08", "09", "một"."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from etl.check.frames import Floats, FormBatch
from etl.ground.text import key

_NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)*(?:,\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
# "năm" is left out: in a plan it is nearly always the year
_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip


def unprinted(batch: FormBatch) -> Floats:
    """Per figure position: 1 where the text that must show the figure does not, 0 where it
    does; NaN where the form asks for none, or figure or text are blank."""
    found = np.full(len(batch.value), np.nan)
    texts = batch.figures["text"].to_numpy(object)
    for grid in batch.grids.values():
        for name, column in grid.table.columns.items():
            if not column.printed_in:
                continue
            for at, text_at in zip(grid.column(name), grid.column(column.printed_in), strict=True):
                if min(at, text_at) >= 0 and texts[text_at] and not np.isnan(batch.value[at]):
                    found[at] = batch.value[at] not in numbers_in(texts[text_at])
    return found


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> frozenset[float]:
    """Every number of a text, by the written rule: "44.867" is 44867, "6.05" is 6.05."""
    plain = key(text)
    spelled = (_WORDS[word] for word in re.findall(r"\w+", plain) if word in _WORDS)
    return frozenset((*map(float, spelled), *map(_read, _NUMBER.findall(plain))))


def _read(token: str) -> float:
    whole, _comma, decimals = token.partition(",")
    if _GROUPED.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    digits = f"{whole}.{decimals}" if decimals else whole
    return float(digits) if digits.count(".") < 2 else float("nan")
