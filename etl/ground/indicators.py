"""The indicators khoxa knows, from sql/seeds/indicator.csv (also the seed of dw.dim_indicator)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from etl.ground.config import SEEDS_DIR


@lru_cache(maxsize=2)
def indicator_codes(folder: Path = SEEDS_DIR) -> frozenset[str]:
    """All indicator codes."""
    with (folder / "indicator.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["indicator_code"] for row in csv.DictReader(handle))
