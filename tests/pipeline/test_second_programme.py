"""A second programme, of samples/nong_thon_moi, comes out right by data alone: its targets, funds,
page and annexes, on both maps. Every number here is reckoned by hand from what tools.draw_new_rural
writes: 14 communes with 19 criteria all year, 3 that went from 16 to 19, 8 with two more each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.ground.config import ROOT
from tests.html_pages import Tag, read, table
from tests.khoxa import khoxa, variables
from tests.night import Night
from tools.draw_new_rural import draw

SAMPLE = ROOT / "samples" / "nong_thon_moi"
MAPS = ("as_filed", "2025-07-01")


@pytest.fixture(scope="module")
def night(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with make_warehouse() as settings:
        found = Night(settings, SAMPLE / "inbox")
        run(found, "run", "--inbox", found.inbox)
        yield found


def run(night: Night, *words: object) -> str:
    environment = variables(night.settings) | {"KHOXA_LOCAL": str(SAMPLE / "local")}
    done = khoxa(*words, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=MAPS)
def page(request: pytest.FixtureRequest, night: Night, tmp_path_factory) -> Tag:
    folder = tmp_path_factory.mktemp("page")
    said = run(night, "report", "--unit", "406", "--map", request.param, "--out", folder)
    assert {Path(line).name for line in said.split()} == {
        "muc_tieu_406_2024.xlsx", "giao_va_dang_ky_406_2024.xlsx", "ket_qua_406_2024.xlsx",
        "kinh_phi_406_2024.xlsx", "tinh_hinh_nop_406_2024.xlsx", "trang_406_2024.html",
    }  # fmt: skip
    return read((folder / "trang_406_2024.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("unit_map", MAPS)
def test_its_targets_are_judged(night: Night, unit_map: str) -> None:
    rows = night.rows(
        "select indicator_code, programme_code, target_value, actual_value, actual_total,"
        " units_reported || '/' || units_expected, verdict, remaining_value, attainment_pct"
        " from mart.attainment where level = 'district' and unit_map = :map order by 1",
        map=unit_map,
    )
    # 14 + 3 of 25 are recognised: 3 of the 4 that lacked, one is missing. 17 x 19 + 71 = 394
    # criteria over 25 communes: 15.76, above 15; the township is none of them
    assert [tuple(None if v is None else str(v) for v in row) for row in rows] == [
        ("ntm_communes", "NTM", "18", "17", "25", "25/25", "not_met", "1", "75.00"),
        ("ntm_criteria_per_commune", "NTM", "15", "15.76", "25", "25/25", "exceeded", None,
         None),
    ]  # fmt: skip


def test_a_merged_commune_has_no_number_of_its_parts(night: Night) -> None:
    """Xã Quảng Yên of 2025 is four communes with 19 of 19 criteria each. Of the three that are
    Phường Nam Sầm Sơn only one, of this district, was reported: what it met is no number of
    the whole either."""
    rows = night.rows(
        "select value, numerator, reason from mart.indicator_by_unit where level = 'commune'"
        " and unit_name = 'Xã Quảng Yên' and measure = 'actual' and unit_map = '2025-07-01'"
        " order by indicator_code"
    )
    assert [tuple(row) for row in rows] == [
        (None, 4, "parts_make_no_number"), (None, 76, "parts_make_no_number")
    ]  # fmt: skip
    assert night.rows(
        "select distinct value from mart.indicator_by_unit where level = 'commune'"
        " and unit_map = '2025-07-01' and units_expected > 1"
    ) == [(None,)]
    assert night.rows(
        "select unit_of_measure, max(value) from mart.indicator_by_unit"
        " where level = 'commune' group by 1 order by 1"
    ) == [("commune", 1), ("criterion", 19)]


@pytest.mark.parametrize("unit_map", MAPS)
def test_its_funds_are_its_own(night: Night, unit_map: str) -> None:
    """Both programmes have a DA1."""
    lines = night.rows(
        "select source, plan_million_vnd, disbursed_million_vnd"
        " from mart.fund_on_map where level = 'district' and unit_map = :map"
        " and programme_code = 'NTM' and project_code = 'DA1' order by 1",
        map=unit_map,
    )
    assert [(source, float(plan), float(spent)) for source, plan, spent in lines] == [
        ("DONGGOP", 2500.5, 2600.25), ("NSDP", 6000, 5400), ("NSTW", 12000, 10500),
    ]  # fmt: skip
    totals = night.rows(
        "select source, programme_vi, sum(plan_million_vnd), sum(disbursed_million_vnd)"
        " from mart.fund_total_on_map where level = 'district' and unit_map = :map"
        " group by 1, 2 order by 1",
        map=unit_map,
    )
    told = "Chương trình mục tiêu quốc gia xây dựng nông thôn mới"
    # 2500.5 + 800.25 + 300, 2600.25 + 700 + 280.75, and so on
    assert [(source, words, float(plan), float(done)) for source, words, plan, done in totals] == [
        ("DONGGOP", told, 3600.75, 3581), ("NSDP", told, 8000, 7100),
        ("NSTW", told, 16000, 14100.5),
    ]  # fmt: skip


def test_the_page_says_what_it_is_about(page: Tag) -> None:
    [head] = page.all("header")
    assert "KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU XÂY DỰNG NÔNG THÔN MỚI NĂM 2024" in head.text
    [key] = page.all("dl")
    for said in ("14 xã", "17 xã; 25/25 xã", "394 tiêu chí, cộng các xã"):
        assert said in key.vietnamese
    assert "nghèo" not in page.text.lower()


def test_the_page_lists_the_communes(page: Tag) -> None:
    rows = table(page, "Kết quả từng xã")
    assert rows[-1][1:6] == ["369", "14", "cả năm", "394", "17"]
    of_parts = [row[1:6] for row in rows if row[0] == "Xã Quảng Yên"]
    told = "số của các xã cũ không gộp thành một số được" in page.vietnamese
    if told:  # its four communes on the map of 2025
        assert of_parts == [["–", "–", "cả năm", "–", "–"]]
    else:
        assert of_parts == [["19", "1", "cả năm", "19", "1"]]
    assert told == ("Bản đồ đơn vị: ngày 01/07/2025" in page.vietnamese)


def test_the_page_judges_both_targets(page: Tag) -> None:
    rows = [row for row in table(page, "Mục tiêu và kết quả, kèm") if re.match(r"\d\. ", row[0])]
    told = {row[0].split(" “")[0].split(". ")[1][:12]: " ".join(row[1:]) for row in rows}
    assert len(told) == 2
    text = " ".join(told.values())
    assert "18/25 xã" in text and "17/25 xã" in text and "✗ Không đạt" in text
    assert "15 tiêu chí/xã" in text and "15,76" in text and "▲ Vượt" in text


def test_khoxa_status_lists_it(night: Night) -> None:
    said = run(night, "status", "--figures")
    assert "Số tiêu chí nông thôn mới đạt" in said and "394" in said


NAMES = re.compile(r"giảm nghèo|hộ nghèo|poverty|nông thôn mới|\bntm|new rural|GNBV", re.IGNORECASE)
# by what it is in the schema, not by what a programme is about; and examples for whoever types
ALLOWED = re.compile(
    r"poverty_standard|crosses_poverty_standards|explain 066 poverty_rate|poverty line"
    r"|code of an indicator(?: or a project)?: poverty_rate", re.IGNORECASE,
)  # fmt: skip
COMMENT = re.compile(r"^\s*(?:#|--).*$", re.MULTILINE)


@pytest.mark.parametrize("folder", ["etl", "sql"])
def test_no_line_of_code_names_a_programme(folder: str) -> None:
    found = []
    for path in sorted((ROOT / folder).rglob("*")):
        is_history = "migrations" in path.parts
        if path.suffix not in (".py", ".sql", ".html") or is_history:
            continue
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        text = re.sub(r'"""(?:.|\n)*?"""', "", text) if path.suffix == ".py" else text
        found += [
            f"{path.relative_to(ROOT)}: {line.strip()}"
            for line in text.splitlines()
            if NAMES.search(ALLOWED.sub("", line))
        ]
    assert found == []


def test_the_workbooks_are_those_that_are_drawn(tmp_path: Path) -> None:
    draw(tmp_path)
    names = {path.name for path in (SAMPLE / "inbox").iterdir()}
    assert names == {path.name for path in tmp_path.iterdir()} and len(names) == 3
    for name in names:
        assert (tmp_path / name).read_bytes() == (SAMPLE / "inbox" / name).read_bytes(), name
