"""A rule that many queries follow is written once: sql/migrations/0012_models.sql."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import SQL_DIR, TIMEZONE, Settings

HOME = "migrations/0012_models.sql"
ELSEWHERE = {  # what only looks like the rule, and why
    r"superseded_by is null": {
        "migrations/0001_register.sql",
        "staging/known.sql",  # a filing that is opened again has its facts until it is loaded
        "staging/known_whole.sql",  # likewise
        "staging/covered.sql",  # likewise
        "migrations/0061_current_filing_name.sql",  # writes HOME again
        "marts/views/02_target_version.sql",  # shows it
        "marts/views/09_figure_trace.sql",  # likewise
    },
    r"1\.05|0\.95": set(),
    r"at time zone": set(),
    r"make_date\([^()]*, 6, 30\)": {"migrations/0008_units.sql"},  # replaced by HOME
    r"greatest\(least\(|least\([a-z.]+ - 1, greatest": set(),
}


@pytest.mark.parametrize("pattern", ELSEWHERE)
def test_a_rule_stands_in_one_place(pattern: str) -> None:
    found = {
        path.relative_to(SQL_DIR).as_posix()
        for path in SQL_DIR.rglob("*.sql")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }
    assert HOME in found
    assert found - {HOME} <= ELSEWHERE[pattern]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("ref.local_time('2025-06-30T17:30:00Z')", "2025-07-01 00:30:00"),
        ("ref.figure_day('baseline', 'OPEN', 2025)", "2025-01-01"),
        ("ref.figure_day('actual', 'H1', 2025)", "2025-06-30"),
        ("ref.last_day('Y', 2025)", "2025-12-31"),
        ("ref.nearest_day('2025-12-31', '2021-01-01', '2025-07-01')", "2025-06-30"),
        ("ref.nearest_day('2025-01-01', '2025-07-01', 'infinity')", "2025-07-01"),
        ("ref.bound('~', 'down', 100)", "105.00"),
        ("ref.bound('~', 'up', 100)", "95.00"),
        ("ref.is_cap('between', 'up')", "False"),
        ("ref.cover(4, 5, false, false)", "short"),
        ("ref.cover(5, 5, true, false)", "covered"),
        ("ref.cover(5, 5, true, true)", "short"),
    ],
)
def test_what_it_says(warehouse: Settings, asked: str, wanted: str) -> None:
    with database.engine(warehouse, "bi_reader").connect() as connection:
        assert str(connection.execute(text(f"select {asked}")).scalar_one()) == wanted


def test_the_clock_is_that_of_the_settings() -> None:
    assert f"at time zone '{TIMEZONE}'" in (SQL_DIR / HOME).read_text(encoding="utf-8")
