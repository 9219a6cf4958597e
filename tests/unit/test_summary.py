"""`khoxa summary`: the newest night or that of a day, as text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from etl.cli.night import summary
from etl.ground.config import Settings
from etl.ground.errors import BadValue
from etl.night.told import book as books

FIRST = datetime.fromisoformat("2025-06-20T22:30:00+07:00")
SECOND = datetime.fromisoformat("2025-06-21T22:30:00+07:00")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path))
    return Settings.from_env()


def night(settings: Settings, started: datetime, seconds: float, line: str) -> None:
    book = books.book_of(settings, started)
    done = {"seconds": seconds, "counts": {"received": 1}, "lines": [(line, "")]}
    book.steps["receive"] = done
    book.write(settings)


def test_the_newest_night_is_shown_beside_what_is_usual(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    night(settings, FIRST, 2.0, "Nhận 2 tệp mới: a.xlsx, b.xlsx.")
    night(settings, SECOND, 3.5, "Nhận 1 tệp mới: c.xlsx.")
    summary(None)
    said = capsys.readouterr().out
    assert "khoxa 21/06/2025" in said and "Nhận 1 tệp mới: c.xlsx." in said
    assert "nhận tệp: 3,5 (2,0)" in said and "a.xlsx" not in said
    assert str(settings.summaries_dir / "2025-06-21.html") in said
    summary(date(2025, 6, 20))
    said = capsys.readouterr().out
    assert "a.xlsx" in said and "nhận tệp: 2,0 (–)" in said


def test_a_day_without_a_night_is_told_with_those_that_there_are(settings: Settings) -> None:
    night(settings, FIRST, 2.0, "Nhận 2 tệp mới: a.xlsx, b.xlsx.")
    with pytest.raises(BadValue, match="2025-06-20"):
        summary(date(2025, 6, 19))


def test_of_two_nights_of_one_day_the_later_is_shown(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for hour in range(11, 23):  # _10 and later come after _9
        night(settings, FIRST.replace(hour=hour), 1.0, f"lúc {hour} giờ")
    summary(date(2025, 6, 20))
    assert "lúc 22 giờ" in capsys.readouterr().out
