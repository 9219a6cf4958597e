"""What is printed as it was known on a day says so, and lies beside what is known now."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def as_known(day: date | None) -> tuple[str, str]:
    """The sentence that says so, in Vietnamese and in English; empty for now (None)."""
    if day is None:
        return "", ""
    shown = f"{day:%d/%m/%Y}"
    return f"Số liệu tính đến hết ngày {shown}. ", f"As known at the end of {shown}. "


def dated_name(file: str, day: date | None) -> str:
    """Of ket_qua_066_2025.xlsx, ket_qua_066_2025_den_2025-06-10.xlsx; of now (None), the same."""
    path = Path(file)
    return f"{path.stem}_den_{day}{path.suffix}" if day else file
