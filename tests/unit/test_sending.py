"""Blank forms say by when, to whom and how they are sent back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.blank import draw_form
from etl.catalogue import sending
from etl.catalogue.sending import due_on, how_to_send, receiver_of
from etl.ground.config import Settings
from etl.ground.records import ReceivedFile
from etl.night.one_file import understand
from etl.units.index import Unit, load_units

CALENDAR = [
    {"form": "commune_report", "filer_level": "commune", "scope_code": "06", "period": "H1",
     "year": "2025", "due_on": "2025-06-20"},
    {"form": "commune_report", "filer_level": "commune", "scope_code": "066", "period": "H1",
     "year": "2025", "due_on": "2025-06-09"},
    {"form": "commune_report", "filer_level": "commune", "scope_code": "066", "period": "Y",
     "year": "2025", "due_on": ""},
]  # fmt: skip
RULES = [
    {"form": "commune_report", "filer_level": "commune", "scope_code": "06", "period": "H1",
     "first_year": "2023", "last_year": "2024", "relation": "before", "day": "06-10",
     "years_after": "0"},
    {"form": "commune_report", "filer_level": "commune", "scope_code": "06", "period": "Y",
     "first_year": "2023", "last_year": "2023", "relation": "by", "day": "01-15",
     "years_after": "1"},
    {"form": "target_registration", "filer_level": "commune", "scope_code": "06", "period": "Y",
     "first_year": "2026", "last_year": "", "relation": "before", "day": "03-15",
     "years_after": "0"},
]  # fmt: skip
CONTACTS = [
    {"unit_code": "066", "office": "Phòng Lao động", "agency_code": "labour_office",
     "office_phone": "1", "office_email": "a@example.org"},
    {"unit_code": "066", "office": "Văn phòng UBND huyện Na Rì", "agency_code": "",
     "office_phone": "0200 000 066", "office_email": "nari@example.org"},
]  # fmt: skip


def units() -> tuple[Unit, tuple[Unit, ...]]:
    versions, on = load_units().history.versions, date(2025, 6, 30)
    wanted = (("commune", "02146"), ("district", "066"), ("province", "06"))
    own, *above = (next(u for u in versions[key] if u.is_on(on)) for key in wanted)
    return own, tuple(above)


@pytest.fixture
def seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"calendar": CALENDAR, "calendar_rule": RULES, "contacts": CONTACTS}
    monkeypatch.setattr(sending, "seed", tables.__getitem__)


@pytest.mark.parametrize(
    ("year", "period", "due"),
    [
        (2025, "H1", date(2025, 6, 9)),  # the district's stands before the province's
        (2025, "Y", None),  # no document states one
        (2024, "H1", date(2024, 6, 9)),  # before 10/6 is by the end of 9/6
        (2023, "Y", date(2024, 1, 15)),  # by a day of the next year
        (2022, "H1", None),
    ],
)
def test_the_due_date(seeds: None, year: int, period: str, due: date | None) -> None:
    assert due_on("commune_report", *units(), year, period) == due


@pytest.mark.parametrize(
    ("year", "due"), [(2025, None), (2026, date(2026, 3, 14)), (2030, date(2030, 3, 14))]
)
def test_a_rule_without_a_last_year_goes_on(seeds: None, year: int, due: date | None) -> None:
    assert due_on("target_registration", *units(), year, "Y") == due


def test_the_sentences(seeds: None) -> None:
    own, above = units()
    due, whom, how, _mend = how_to_send("commune_report", own, above, 2025, "H1", "bc@example.org")
    assert due == "Hạn nộp: hết ngày 09/06/2025."
    assert whom == "Nơi nhận: Văn phòng UBND huyện Na Rì (0200 000 066, nari@example.org)."
    assert how.endswith("tới bc@example.org.")
    assert how_to_send("commune_report", own, above, 2025, "H1", "")[2].endswith(
        "tới nari@example.org."
    )
    assert how_to_send("x", own, above[1:], 2025, "H1", "")[:2] == [
        "Hạn nộp: theo văn bản giao báo cáo.", "Nơi nhận: Ủy ban nhân dân tỉnh Bắc Kạn.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "today", "whom"),
    [
        ("02146", date(2025, 6, 10), "Văn phòng UBND huyện Na Rì (0200 000 066, nari@example.org)"),
        ("05611", date(2025, 6, 10), "Ủy ban nhân dân huyện Phú Lương"),
        ("05611", date(2025, 7, 15), "Ủy ban nhân dân tỉnh Thái Nguyên"),  # districts ended 1 July
    ],
)
def test_nobody_is_sent_to_an_office_that_is_no_more(
    seeds: None, code: str, today: date, whom: str
) -> None:
    assert receiver_of("commune", code, date(2025, 6, 30), today) == f"Nơi nhận: {whom}."


def test_where_district_and_province_ended_no_receiver_is_named(seeds: None) -> None:
    assert receiver_of("commune", "02146", date(2025, 6, 30), date(2025, 7, 15)) == ""
    assert receiver_of("commune", "99999", date(2025, 6, 30), date(2025, 7, 15)) == ""


def test_the_sheet_is_read_as_no_figure(seeds: None, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    settings = replace(Settings.from_env(), home=tmp_path, warehouse_url=None,
                       filing_address="bc@example.org")  # fmt: skip
    draw_form(settings, "commune_report", "02146", "2025-H1", path)
    said = [row[0] for row in load_workbook(path)["Cách gửi"].iter_rows(values_only=True)]
    assert "Hạn nộp: hết ngày 09/06/2025." in said
    (filing,), _ = understand(ReceivedFile(7, path.name, str(path)), {})
    assert filing.recognised is not None
    assert [f.rule for f in filing.findings if f.sheet == "Cách gửi"] == []
    assert {f.rule for f in filing.findings} == {"form-unfilled"}
