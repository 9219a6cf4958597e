"""Due dates of every year, and what has not been filed by them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import ROOT, Settings
from etl.ground.yaml_file import read_yaml
from etl.night.told.lines import filed
from tests.khoxa import khoxa, variables

FILING = text(
    "insert into raw.filing (filing_id, content_sha256, original_name, state, received_at, form,"
    " filer_level, filer_code, year, last_year, period, version, units_on) values"
    " (:n, :n, :n || '.xlsx', :state, :at, :form, 'commune', :unit, :year, :year, :period, 1,"
    " :on)"
)
LAP_VO = (
    "select year, period, state, due_on, count(*) from mart.filing_status as s"
    " where form = 'commune_report' and exists ("
    "  select from mart.district_group as g inner join dw.dim_commune as c using (commune_key)"
    "  where g.district_code = '875' and g.is_whole and c.commune_code = s.unit_code)"
    " group by 1, 2, 3, 4 order by 1, 2, 3"
)


def ask(settings: Settings, query: str, **params: object) -> list[tuple]:
    with database.engine(settings).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), params)]


def receive(
    settings: Settings, *filings: tuple[int, str, str, str, int, str], state: str = "accepted"
) -> None:
    """Filings by number, time of receipt, form, unit, year and period."""
    names = ("n", "at", "form", "unit", "year", "period")
    with database.engine(settings).begin() as connection:
        for filing in filings:
            row = dict(zip(names, filing, strict=True))
            more = {"n": str(row["n"]), "on": f"{row['year']}-01-01", "state": state}
            connection.execute(FILING, row | more)


def put(settings: Settings, rows: Iterable[tuple]) -> None:
    """Rows of the calendar: scope, year, period, last day in time, of commune reports."""
    with database.engine(settings, "khoxa_owner").begin() as connection:
        for scope, year, period, due in rows:
            connection.execute(
                text("insert into ops.calendar values ('commune_report', 'commune', :scope, :year,"
                     " :period, :due, 'QĐ', 'decision', 'end')"),
                {"scope": scope, "year": year, "period": period, "due": due},
            )  # fmt: skip


def test_a_rule_gives_the_day_before_in_the_years_of_its_plan(warehouse: Settings) -> None:
    rows = ask(warehouse, "select year, period, due_on from ops.calendar where scope_code = '875'"
                          " and form = 'commune_report' order by 1, 2")  # fmt: skip
    assert rows == [(2024, "H1", date(2024, 6, 9)), (2024, "Y", date(2024, 11, 9))]


def test_a_rule_without_a_day_is_a_row_without_a_date(warehouse: Settings) -> None:
    rows = ask(warehouse, "select form, year, due_on from ops.calendar where scope_code = '085'"
                          " and form = 'plan_results' order by 2")  # fmt: skip
    assert rows == [("plan_results", year, None) for year in range(2021, 2026)]


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ("2024-06-09T23:59:00+07:00", [("H1", "not_due"), ("Y", "not_due")]),
        ("2024-06-09T17:00:00+00:00", [("H1", "missing"), ("Y", "not_due")]),  # 10 June in Vietnam
        ("2024-11-10T08:00:00+07:00", [("H1", "missing"), ("Y", "missing")]),
    ],
)
def test_missing_from_the_day_after(
    fresh_warehouse: Settings, newest: str, expected: list[tuple[str, str]]
) -> None:
    receive(fresh_warehouse, (1, newest, "plan_targets", "21484", 2024, "Y"))
    days = {"H1": date(2024, 6, 9), "Y": date(2024, 11, 9)}
    # 13 communes, printed in the plan's list of targets; nothing of the years to come
    assert ask(fresh_warehouse, LAP_VO) == [
        (2024, period, state, days[period], 13) for period, state in expected
    ]


def test_nothing_is_missing_before_anything_came(warehouse: Settings) -> None:
    assert ask(warehouse, "select * from mart.filing_status") == []


def test_one_file_with_a_late_date_hides_nobody_who_is_missing(fresh_warehouse: Settings) -> None:
    receive(
        fresh_warehouse,
        (1, "2024-11-10T08:00:00+07:00", "plan_targets", "21484", 2024, "Y"),
        (2, "2026-12-30T08:00:00+07:00", "plan_targets", "21485", 2024, "Y"),
    )
    told = ask(fresh_warehouse, database.statement("nightly/missing"))
    assert [(period, due_on, units) for *_, period, due_on, units, _names in told] == [
        ("Y", date(2024, 11, 9), 13), ("H1", date(2024, 6, 9), 13)
    ]  # fmt: skip


def test_what_has_no_date_is_never_missing(fresh_warehouse: Settings) -> None:
    receive(fresh_warehouse, (1, "2030-12-31T09:00:00+07:00", "plan_targets", "21484", 2030, "Y"))
    rows = ask(fresh_warehouse, "select form, unit_code from mart.filing_status"
                                " where state in ('missing', 'not_due')"
                                " and due_on is null")  # fmt: skip
    assert rows == []
    wanted = "select count(*) from ops.calendar where due_on is null and year <= 2030"
    ((undated,),) = ask(fresh_warehouse, wanted)
    assert undated > 0


def test_without_a_date_who_filed_is_not_all_that_should(fresh_warehouse: Settings) -> None:
    """Lấp Vò has 13 communes, by rule due in 2024; no date is set of a plan's opening."""
    receive(
        fresh_warehouse,
        (1, "2024-06-05T08:00:00+07:00", "commune_report", "30169", 2024, "H1"),
        (2, "2024-06-05T08:00:00+07:00", "plan_targets", "30169", 2024, "OPEN"),
    )
    told = ask(fresh_warehouse, database.statement("nightly/filed"), filings=[1, 2])
    names = ("place", "form_vi", "form_en", "period_key", "units", "filed")
    said = sorted(filed(dict(zip(names, row, strict=True)))[0].split(", ")[-1] for row in told)
    assert said == [
        "6 tháng 2024: 1/13 đơn vị.", "đầu năm 2024: 1 đơn vị đã nộp (chưa khai hạn nộp)."
    ]  # fmt: skip


def test_who_filed_is_late_by_days_and_not_missing(fresh_warehouse: Settings) -> None:
    receive(
        fresh_warehouse, (1, "2024-06-12T08:00:00+07:00", "commune_report", "30169", 2024, "H1")
    )
    rows = ask(fresh_warehouse, "select state, due_on, days_late, due_basis_vi like '%10/6%'"
                                " from mart.filing_status where unit_code = '30169'"
                                " and period = 'H1'")  # fmt: skip
    assert rows == [("accepted", date(2024, 6, 9), 3, True)]


@pytest.mark.parametrize(
    ("came", "days_late"),  # due on 9 June; the last version tells of the unit
    [
        ([(8, "accepted")], [0]),
        ([(12, "accepted")], [3]),
        ([(8, "accepted"), (20, "accepted")], [0, 0]),
        ([(12, "accepted"), (20, "accepted")], [3, 3]),
        ([(8, "rejected"), (12, "accepted")], [0, 3]),
        ([(8, "rejected"), (9, "accepted"), (20, "accepted")], [0, 0, 0]),
        ([(8, "accepted"), (20, "rejected")], [0, 0]),
        ([(8, "accepted"), (11, "accepted"), (20, "rejected")], [0, 0, 0]),
        ([(12, "rejected"), (20, "rejected")], [3, 11]),
    ],
)
def test_late_is_by_the_first_accepted_version(
    fresh_warehouse: Settings, came: list[tuple[int, str]], days_late: list[int]
) -> None:
    for number, (day, state) in enumerate(came, start=1):
        at = f"2024-06-{day:02}T08:00:00+07:00"
        receive(
            fresh_warehouse, (number, at, "commune_report", "30169", 2024, "H1"), state=state
        )  # fmt: skip
    with database.engine(fresh_warehouse, "khoxa_owner").begin() as connection:
        database.run(connection, "warehouse/version", batch=[*range(1, len(came) + 1)])
    rows = ask(fresh_warehouse, "select days_late from mart.filing_status"
                                " where filing_id is not null order by filing_id")  # fmt: skip
    assert [days for (days,) in rows] == days_late
    is_late, is_there = days_late[-1] > 0, "accepted" in dict(came).values()
    rows = ask(fresh_warehouse, "select is_late, is_complete from mart.completeness"
                                " where unit_code = '30169' and period_key = '2024-H1'"
    )  # fmt: skip
    assert rows == [(is_late, is_there)]
    metrics = read_yaml(ROOT / "bi/superset/described/datasets.yaml")["filing"]["metrics"]
    (shown,) = ask(
        fresh_warehouse, f"select {metrics['late']['sql']}, {metrics['days_late']['sql']}"
        " from mart.filing where unit_code = '30169' and period_key = '2024-H1'"
    )  # fmt: skip
    assert (shown[0], shown[1] or 0) == (is_late, days_late[-1] * is_there)
    (late,) = [row[6] for row in ask(fresh_warehouse, database.statement("nightly/states"))
               if (row[2], row[3]) == (2024, "H1")]  # fmt: skip
    called = [row[4] for row in ask(fresh_warehouse, database.statement("status/to_call"))]
    assert (late, called.count("accepted")) == (is_late and is_there, is_late and is_there)


def test_a_dated_row_goes_before_the_rule(fresh_warehouse: Settings) -> None:
    """A unit's own row, of one period: the rule holds for the other period and the other units."""
    put(fresh_warehouse, [("30169", 2024, "H1", date(2024, 6, 30))])
    receive(fresh_warehouse, (1, "2025-06-01T08:00:00+07:00", "plan_targets", "21484", 2024, "Y"))
    rows = ask(fresh_warehouse, "select due_on, count(*) from mart.filing_status"
                                " where unit_code like '30%' and year = 2024 and period = 'H1'"
                                " group by 1 order by 1")  # fmt: skip
    assert rows == [(date(2024, 6, 9), 12), (date(2024, 6, 30), 1)]
    rows = ask(fresh_warehouse, "select due_on from mart.filing_status where period = 'Y'"
                                " and unit_code = '30169'")  # fmt: skip
    assert rows == [(date(2024, 11, 9),)]


def test_a_row_of_a_year_takes_the_place_of_the_rule(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    (tmp_path / "calendar.csv").write_text(
        "form,filer_level,scope_code,year,period,due_on,basis_vi,basis_en,units_on\n"
        "commune_report,commune,19,2026,H1,2026-06-20,Công văn,Letter,end\n",
        encoding="utf-8",
    )
    (tmp_path / "calendar_rule.csv").write_text(
        "form,filer_level,scope_code,period,first_year,last_year,relation,day,years_after,basis_vi,"
        "basis_en,units_on\n"
        "plan_results,province,87,Y,2024,2025,by,01-15,1,Công văn,Letter,end\n"
        "commune_report,commune,19,H1,2025,,before,06-10,0,Công văn,Letter,end\n",
        encoding="utf-8",
    )
    done = khoxa("db", "migrate", **variables(fresh_warehouse), KHOXA_LOCAL=str(tmp_path))
    assert done.returncode == 0, done.stderr
    rows = ask(fresh_warehouse, "select year, due_on from ops.calendar where scope_code = '19'"
                                " and period = 'H1' and year between 2025 and 2027"
                                " order by 1")  # fmt: skip
    assert rows == [
        (2025, date(2025, 6, 9)), (2026, date(2026, 6, 20)), (2027, date(2027, 6, 9))
    ]  # fmt: skip
    # until the end of 15 January of the year after
    rows = ask(fresh_warehouse, "select year, due_on from ops.calendar where scope_code = '87'"
                                " order by 1")  # fmt: skip
    assert rows == [(2024, date(2025, 1, 15)), (2025, date(2026, 1, 15))]
