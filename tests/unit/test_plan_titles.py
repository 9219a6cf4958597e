"""Lists of plan targets: the years that their titles name, and what their rows may say."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from etl.catalogue.definitions import load_forms
from etl.ground.config import ROOT, SEEDS_DIR
from etl.ground.records import Normalised, ReceivedFile, Workbook
from etl.normalise import normalise
from etl.normalise.texts.filer import find_filer
from etl.normalise.texts.identity import IdentityError, find_years, titles
from etl.read import read
from etl.units.index import load_units

FORMS = load_forms()
PLAN = FORMS["plan_targets", "2022"]
LIST = "DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO"
BAC_HA = "bac_ha_chi_tieu_ke_hoach_2021_2025.xlsx"
QUYNH_NHAI = "quynh_nhai_chi_tieu_ke_hoach_2022_2030.xlsx"


def years(*lines: str, header: frozenset[int] = frozenset()) -> tuple[int, int]:
    found = find_years(PLAN, titles(PLAN, list(lines)), header)
    return found[0], found[-1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("NĂM 2025", (2025, 2025)),
        ("GIAI ĐOẠN 2021 - 2025", (2021, 2025)),
        ("GIAI ĐOẠN 2021-2025", (2021, 2025)),
        ("GIAI ĐOẠN 2021–2025", (2021, 2025)),
        ("giai đoạn 2022 đến năm 2030", (2022, 2030)),
        ("giai đoạn từ năm 2022 đến hết năm 2030", (2022, 2030)),
        ("BỀN VỮNG GIAI ĐOẠN 2021 — 2025", (2021, 2025)),
    ],
)
def test_the_years_of_a_plan(said: str, expected: tuple[int, int]) -> None:
    assert years(f"{LIST} {said}") == expected


def test_the_years_may_stand_on_a_line_below() -> None:
    assert years(LIST, "GIAI ĐOẠN 2021 - 2025") == (2021, 2025)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("", "year-missing"),
        ("NĂM 2025 SO VỚI NĂM 2021", "years-differ"),
        ("GIAI ĐOẠN 2025 - 2021", "years-differ"),
        ("GIAI ĐOẠN 2021 - 2025, ĐỊNH HƯỚNG ĐẾN NĂM 2030", "years-differ"),
        ("NĂM 2021, 2025", "years-differ"),
        ("NĂM 2020", "year-outside"),
        ("GIAI ĐOẠN 2016 - 2025", "year-outside"),
        ("GIAI ĐOẠN 2026 - 2031", "year-outside"),
    ],
)
def test_years_that_are_refused(said: str, rule: str) -> None:
    with pytest.raises(IdentityError) as caught:
        years(f"{LIST} {said}")
    assert caught.value.rule == rule


def test_two_titles_name_the_same_years() -> None:
    assert years(f"{LIST} GIAI ĐOẠN 2021-2025", f"{LIST} GIAI ĐOẠN 2021 - 2025") == (2021, 2025)
    with pytest.raises(IdentityError, match="years-differ"):
        years(f"{LIST} GIAI ĐOẠN 2021-2025", f"{LIST} NĂM 2021")


def test_a_header_may_name_a_year_of_the_plan_and_no_other() -> None:
    title = f"{LIST} GIAI ĐOẠN 2021-2025"
    assert years(title, header=frozenset({2023})) == (2021, 2025)
    with pytest.raises(IdentityError, match="years-differ"):
        years(title, header=frozenset({2026}))


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.span is None])
def test_every_other_form_is_about_one_year(name: tuple[str, str]) -> None:
    form = FORMS[name]
    first, last = form.valid.from_, form.valid.from_ + 1
    with pytest.raises(IdentityError, match="years-differ"):
        find_years(form, [f"giai đoạn {first}-{last}"], frozenset())


def opened(name: str) -> Workbook:
    return read(ReceivedFile(1, name, str(ROOT / "samples" / "inbox" / name)))


def normalised(workbook: Workbook) -> Normalised:
    (done,) = normalise(workbook)
    return done


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (BAC_HA, ("district", "085", 2021, 2025, date(2021, 1, 1))),
        (QUYNH_NHAI, ("district", "118", 2022, 2030, date(2022, 1, 1))),
        ("lap_vo_chi_tieu_ke_hoach_2024.xlsx", ("district", "875", 2024, 2024, date(2024, 1, 1))),
        ("ba_to_chi_tieu_ke_hoach_2025.xlsx", ("commune", "21484", 2025, 2025, date(2025, 1, 1))),
    ],
)
def test_a_plan_is_bound_to_the_units_of_its_first_day(name: str, expected: tuple) -> None:
    done = normalised(opened(name))
    assert done.findings == []
    said = done.recognised
    assert said is not None
    assert (said.filer_level, said.filer_code, said.year, said.last_year, said.units_on) == expected


@pytest.mark.parametrize(("year", "rules"), [(2025, []), (2030, ["row-other-year"])])
def test_a_heading_among_the_rows_names_years_of_the_plan(year: int, rules: list[str]) -> None:
    book = opened(BAC_HA)
    rows = book.sheets[0].rows
    heading: list[object] = [""] * len(rows[0])
    heading[2] = f"Chỉ tiêu đến năm {year}"
    rows.insert(10, heading)
    assert [finding.rule for finding in normalised(book).findings] == rules


def test_only_a_target_in_words_goes_without_value_and_unit() -> None:
    book = opened(QUYNH_NHAI)
    (row,) = [row for row in book.sheets[0].rows if row[1] == "hygienic_water_pct"]
    assert row[3:7] == ["chỉ nêu bằng lời", "", "", ""]
    row[3] = "bằng"
    found = [(finding.rule, finding.cell) for finding in normalised(book).findings]
    assert found == [("required-blank", "E13"), ("required-blank", "G13")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Thị trấn Ba Tơ, huyện Ba Tơ, tỉnh Quảng Ngãi"], "21484"),
        (["Đơn vị báo cáo: Thị trấn Ba Tơ, huyện Ba Tơ, tỉnh Quảng Ngãi", "HUYỆN BA TƠ"], "21484"),
        (["Đơn vị báo cáo: Huyện Ba Tơ, tỉnh Quảng Ngãi", "thị trấn Ba Tơ"], "535"),
        (["UBND HUYỆN BA TƠ", "TỈNH QUẢNG NGÃI"], "535"),
        (["TỈNH QUẢNG NGÃI"], "51"),
        (["Huyện Ba Tơ, tỉnh Quảng Ngãi", "Thị trấn Ba Tơ"], "filer-level-unclear"),
        (["UBND HUYỆN BA TƠ", "UBND THỊ TRẤN BA TƠ"], "filer-level-unclear"),
    ],
)
def test_a_list_that_any_level_may_file_says_which_did(lines: list[str], expected: str) -> None:
    try:
        said = find_filer(load_units(), PLAN, lines, date(2025, 1, 1)).unit.code
    except IdentityError as error:
        said = error.rule
    assert said == expected


def test_indicators_speak_of_populations_and_units_that_the_form_has_words_for() -> None:
    columns = PLAN.tables["targets"].columns
    with (SEEDS_DIR / "indicator.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["population"] for row in rows} - {""} <= set(columns["sub_population"].values)
    assert {row["unit_of_measure"] for row in rows} <= set(columns["unit"].values)
