"""Times as people here read them: everything that khoxa shows or is told is Vietnamese time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from etl.ground.config import TIMEZONE

HERE = ZoneInfo(TIMEZONE)


def now() -> datetime:
    """This moment."""
    return datetime.now(HERE)


def local(text: str) -> datetime:
    """An ISO time in Vietnamese time; one without an offset is Vietnam's already.

    Raises ValueError for what is no ISO time.
    """
    at = datetime.fromisoformat(text)
    return at.astimezone(HERE) if at.tzinfo else at.replace(tzinfo=HERE)
