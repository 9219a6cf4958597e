"""Every deadline of the five plans stands in the calendar, or in the list of those that no form
answers to, in the words of its plan (samples/facts/plan_deadlines.csv)."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from etl.catalogue.definitions import load_forms
from etl.docs.forms import forms_page
from etl.ground.config import ROOT
from etl.ground.seeds import seed

Row = dict[str, str]
SCOPES = {  # the plan and whose it is
    "000_a74dd7f6035ee225.txt": "066", "001_7c0e5fdb732c3415.txt": "875",
    "002_bd045705af8ce7bb.txt": "118", "003_0e5c6d85572200c5.txt": "21484",
    "004_6a73711e2256d6ba.txt": "085",
}  # fmt: skip


with (ROOT / "samples" / "facts" / "plan_deadlines.csv").open(encoding="utf-8") as handle:
    FACTS = list(csv.DictReader(handle))
CALENDAR, RULES, OTHERS = map(seed, ("calendar", "calendar_rule", "deadline_without_form"))


def quoting(listed: list[Row], fact: Row) -> list[Row]:
    """The rows about the plan's unit with the deadline's words and section."""
    said = f'"{fact["text_as_printed"]}"'
    return [
        row for row in listed
        if row["scope_code"] == SCOPES[fact["seed"]] and said in row["basis_vi"]
        and (fact["section"] in row["basis_vi"] or fact["section"] == "closing")
    ]  # fmt: skip


def last_day(fact: Row) -> str:
    """The last day that is before the one a plan states."""
    return (date.fromisoformat(fact["date_iso"]) - timedelta(days=1)).isoformat()


def lent(row: Row, to: Row) -> set[str]:
    """The days that the deadlines beside one without a date lend a row, which says so."""
    beside = [
        fact for fact in FACTS
        if all(fact[name] == to[name] for name in ("seed", "section"))
        and fact["relation"] == "before" and quoting([row], fact)
    ]  # fmt: skip
    return {last_day(fact) for fact in beside if "không nêu ngày riêng" in row["basis_vi"]}


def test_the_five_plans_have_eighteen() -> None:
    assert len(FACTS) == 18 and {fact["seed"] for fact in FACTS} == set(SCOPES)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['seed'][:3]} {fact['what']}")
def test_each_is_found_with_its_day(fact: Row) -> None:
    dated, yearly = quoting(CALENDAR, fact), quoting(RULES, fact)
    assert dated or yearly or quoting(OTHERS, fact)
    if fact["date_iso"].startswith("XXXX-"):
        assert [(row["relation"], row["day"]) for row in yearly] == [
            (fact["relation"], fact["date_iso"].removeprefix("XXXX-"))
        ]
    elif fact["relation"] == "before":
        undated = [each for each in FACTS if each["relation"] == "none"]
        borrow = [row for row in dated if any(quoting([row], each) for each in undated)]
        assert [row["due_on"] for row in dated if row not in borrow] == [last_day(fact)]
        assert {row["due_on"] for row in borrow} <= {last_day(fact)}
    elif fact["relation"] == "in":
        own = [row for row in dated if row["year"] == fact["date_iso"]]
        assert [row["due_on"] for row in own] == [f"{fact['date_iso']}-12-31"]
    else:
        invented = [row for row in dated if row["basis_vi"].startswith("Số liệu minh hoạ")]
        assert all(row["due_on"] in {""} | lent(row, fact) for row in dated if row not in invented)
        assert {row["day"] for row in yearly} <= {""}


def test_lap_vo_is_asked_in_the_year_of_its_plan() -> None:
    asked = [(row["period"], row["first_year"], row["last_year"], row["day"])
             for row in RULES if row["scope_code"] == "875"]  # fmt: skip
    assert asked == [("H1", "2024", "2024", "06-10"), ("Y", "2024", "2024", "11-10")]


def test_what_recurs_ends_with_its_plan() -> None:
    assert all(row["last_year"] for row in RULES if "kế hoạch" in row["basis_vi"].lower())


def test_an_invented_date_says_so_and_only_it() -> None:
    plain = [row for row in CALENDAR if row["due_on"] and "minh hoạ" not in row["basis_vi"]]
    printed = {fact["text_as_printed"] for fact in FACTS if fact["relation"] != "none"}
    assert all(any(text in row["basis_vi"] for text in printed) for row in plain)
    assert [(row["form"], row["scope_code"], row["due_on"]) for row in plain] == [
        ("target_registration", "066", "2025-03-13"), ("plan_targets", "066", "2025-03-13"),
        ("plan_results", "118", "2025-12-31"), ("plan_results", "118", "2030-12-31"),
    ]  # fmt: skip


def test_the_communes_of_na_ri_register_by_the_day_of_their_plans() -> None:
    of_communes = [fact for fact in FACTS if (fact["seed"][:3], fact["section"]) == ("000", "V.14")]
    plan, registration = (fact for fact in of_communes if fact["what"].startswith("Commune "))
    (row,) = quoting(CALENDAR, registration)
    assert (row["form"], row["filer_level"], row["year"]) == (
        "target_registration", "commune", "2025",
    )  # fmt: skip
    assert row["due_on"] == last_day(plan) == "2025-03-13" and registration["date_iso"] == ""


def test_every_row_has_a_form_that_its_filers_file_and_both_languages() -> None:
    filers = {(f.form, level, f.units_on) for f in load_forms().values() for level in f.filer}
    for row in (*CALENDAR, *RULES):
        assert (row["form"], row["filer_level"], row["units_on"]) in filers, row
    for row in (*CALENDAR, *RULES, *OTHERS):
        assert row["basis_vi"].strip() and row["basis_en"].strip()
        assert row["basis_vi"] != row["basis_en"]


def test_the_page_of_forms_names_them_all() -> None:
    page = forms_page()
    assert all(row["basis_vi"] in page for row in (*CALENDAR, *RULES, *OTHERS))
