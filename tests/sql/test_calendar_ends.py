"""A duty ends with the plan that states it, with the unit that owes it and with the one it is owed
to; and one file with a wrong date makes nobody late."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from tests.sql.test_due_dates import LAP_VO, ask, put, receive

WORDS = "plan_targets", "21484", 2024, "Y"  # whatever came, about something else
MISSING = (
    "select level, count(*) from mart.filing_status where state = 'missing' and form = :form"
    " and year = 2025 group by 1"
)


def received(settings: Settings, *days: str) -> None:
    """One file on each day."""
    receive(settings, *((n, f"{day}T08:00:00+07:00", *WORDS) for n, day in enumerate(days, 1)))


def district_owes(settings: Settings, due: date) -> None:
    """Na Rì is to report the results of 2025."""
    with database.engine(settings, "khoxa_owner").begin() as connection:
        connection.execute(
            text(
                "insert into ops.calendar values ('review_preliminary', 'district', '066', 2025,"
                " 'Y', :due, 'QĐ', 'decision', 'start')"
            ),
            {"due": due},
        )


def test_a_plan_of_2024_asks_for_nothing_in_2025(fresh_warehouse: Settings) -> None:
    received(fresh_warehouse, "2025-12-30", "2025-12-31")
    assert {row[0] for row in ask(fresh_warehouse, LAP_VO)} == {2024}
    assert ask(fresh_warehouse, "select state from mart.filing_status where year > 2024"
                                " and form = 'commune_report' and unit_code like '30%'"
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("due", "missing"),
    [
        (date(2025, 6, 30), [("district", 1)]),
        (date(2025, 7, 1), []),  # the district ended at the end of 30 June
    ],
)
def test_a_district_owes_nothing_after_its_end(
    fresh_warehouse: Settings, due: date, missing: list[tuple[str, int]]
) -> None:
    district_owes(fresh_warehouse, due)
    received(fresh_warehouse, "2025-12-30", "2025-12-31")
    assert ask(fresh_warehouse, MISSING, form="review_preliminary") == missing


def test_successors_owe_nothing_under_the_plan_of_what_they_came_of(
    fresh_warehouse: Settings,
) -> None:
    """Seven communes of 2025 came of Bắc Hà's; the province that they are in goes on."""
    put(fresh_warehouse, [("085", 2025, "Y", date(2025, 11, 30))])
    received(fresh_warehouse, "2025-12-30", "2025-12-31")
    own = MISSING.replace("group by", "and due_on = '2025-11-30' group by")
    assert ask(fresh_warehouse, own, form="commune_report") == []


def test_communes_owe_what_their_own_province_asks(fresh_warehouse: Settings) -> None:
    put(fresh_warehouse, [("19", 2025, "Y", date(2025, 11, 30))])
    received(fresh_warehouse, "2025-12-30", "2025-12-31")
    # the 92 communes of Thái Nguyên, of which six are asked in their own rows, for 9 November
    found = ask(fresh_warehouse, MISSING.replace("level", "due_on"), form="commune_report")
    assert sorted(row for row in found if row[0] > date(2025, 7, 1)) == [
        (date(2025, 11, 9), 6), (date(2025, 11, 30), 86)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "late"),
    [
        (("2024-06-01", "2024-06-02"), False),
        (("2024-06-01", "2024-06-02", "2052-06-01"), False),  # one wrong date
        (("2024-06-01", "2024-06-10"), False),
        (("2024-06-10", "2024-06-10"), True),
        (("2024-06-01", "2024-06-11", "2024-06-12"), True),
    ],
)
def test_one_file_makes_nobody_late(
    fresh_warehouse: Settings, days: tuple[str, ...], late: bool
) -> None:
    received(fresh_warehouse, *days)
    states = {state for year, period, state, *_ in ask(fresh_warehouse, LAP_VO) if period == "H1"}
    assert states == {"missing" if late else "not_due"}


def test_a_file_of_several_filings_is_one_file(fresh_warehouse: Settings) -> None:
    received(fresh_warehouse, "2024-06-01", "2025-01-01", "2025-01-01")
    with database.engine(fresh_warehouse).begin() as connection:
        connection.execute(text("update raw.filing set content_sha256 = '2', part = filing_id"
                                " where filing_id = 3"))  # fmt: skip
    assert {row[2] for row in ask(fresh_warehouse, LAP_VO)} == {"not_due"}
