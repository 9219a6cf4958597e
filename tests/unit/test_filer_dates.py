"""An old name in a late filing, a new one in an early filing: understood through the dates, or
refused with both readings.

Expectations: na_ri_2025_communes.csv for Na Rì; for other communes the rows of sql/seeds, read by
eye.
"""

from __future__ import annotations

from datetime import date

import pytest

from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.rules import RenderedFinding, render
from etl.normalise.texts.filer import Filer, find_filer
from etl.normalise.texts.identity import IdentityError
from etl.units.index import load_units
from tests.helpers.review_cases import MOVEMENT, OFFICIAL, judged, loaded, normalised
from tests.unit.test_province_filings import provincial, review_line

START, HALF, YEAR_END = date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31)
REPORT, REVIEW, REGISTER = "commune_report", "review_result", "target_register"


def filer(title: str, on: date, form: str = REPORT) -> Filer:
    lines = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"Đơn vị báo cáo: {title}"]
    return find_filer(load_units(), load_forms()[form, "2022"], lines, on)


def refused(title: str, on: date, form: str = REPORT) -> RenderedFinding:
    with pytest.raises(IdentityError) as caught:
        filer(title, on, form)
    finding = caught.value.finding(7, "Chỉ tiêu")
    return render(finding, load_rules()[finding.rule], strict=True)


@pytest.mark.parametrize(
    ("title", "on", "form", "code"),
    [
        ("Xã Văn Lang, Tỉnh Thái Nguyên", YEAR_END, REPORT, "02143"),
        ("Xã Văn Lang, Huyện Na Rì, Tỉnh Bắc Kạn", HALF, REPORT, "02140"),
        ("Xã Côn Minh", YEAR_END, REPORT, "02185"),  # one of that name on the day
        ("Xã Côn Minh", HALF, REPORT, "02173"),
        ("Tỉnh Thái Nguyên", YEAR_END, REVIEW, "19"),
        ("Đặc khu Phú Quốc, Tỉnh An Giang", YEAR_END, REPORT, "31078"),
        ("Huyện Na Rì, Tỉnh Bắc Kạn", START, REGISTER, "066"),
        ("Tỉnh Thái Nguyên", date(2026, 1, 1), REGISTER, "19"),
    ],
)
def test_a_name_in_force_is_taken_as_it_is(title: str, on: date, form: str, code: str) -> None:
    found = filer(title, on, form)
    assert (found.unit.code, found.unit.is_on(on), found.renamed) == (code, True, None)
    assert found.finding(7, "Chỉ tiêu") is None


@pytest.mark.parametrize(
    ("title", "on", "now", "was"),
    [
        # only its parents are others
        ("Xã Thượng Quan, Huyện Ngân Sơn, Tỉnh Bắc Kạn", YEAR_END,
         "Xã Thượng Quan, Tỉnh Thái Nguyên", "chỉ dùng đến hết ngày 30/06/2025"),
        ("Xã Thượng Quan, Huyện Ngân Sơn", YEAR_END,
         "Xã Thượng Quan, Tỉnh Thái Nguyên", "chỉ dùng đến hết ngày 30/06/2025"),
        ("Xã Thượng Quan, Tỉnh Thái Nguyên", HALF,
         "Xã Thượng Quan, Huyện Ngân Sơn, Tỉnh Bắc Kạn", "chỉ dùng từ ngày 01/07/2025"),
        ("Xã Thượng Quan, Huyện Ngân Sơn, Tỉnh Thái Nguyên", YEAR_END,
         "Xã Thượng Quan, Tỉnh Thái Nguyên", "với cấp trên của thời gian khác"),
        # another name, another type
        ("Xã Krông Na, Huyện Buôn Đôn, Tỉnh Đắk Lắk", YEAR_END,
         "Xã Buôn Đôn, Tỉnh Đắk Lắk", "chỉ dùng đến hết ngày 30/06/2025"),
        ("Xã Buôn Đôn, Tỉnh Đắk Lắk", HALF,
         "Xã Krông Na, Huyện Buôn Đôn, Tỉnh Đắk Lắk", "chỉ dùng từ ngày 01/07/2025"),
        ("Thị trấn Mường Lát, Huyện Mường Lát, Tỉnh Thanh Hóa", YEAR_END,
         "Xã Mường Lát, Tỉnh Thanh Hóa", "chỉ dùng đến hết ngày 30/06/2025"),
        ("Xã Kép, Tỉnh Bắc Ninh", date(2026, 12, 31),
         "Phường Kép, Thành phố Bắc Ninh", "chỉ dùng đến hết ngày 19/09/2026"),
        # the name of the day, with a district that has ended
        ("Xã Na Rì, Huyện Na Rì, Tỉnh Thái Nguyên", YEAR_END, "Xã Na Rì, Tỉnh Thái Nguyên",
         "với cấp trên của thời gian khác"),
    ],
)  # fmt: skip
def test_the_same_territory_is_understood_and_said(
    title: str, on: date, now: str, was: str
) -> None:
    found = filer(title, on)
    assert found.unit.is_on(on)
    finding = found.finding(7, "Chỉ tiêu")
    assert finding is not None
    said = render(finding, load_rules()["filer-renamed"], strict=True)
    assert said.severity == "warn" and said.seen == title.lower()
    assert said.message_vi == (
        f"Biểu ghi đơn vị báo cáo là “{title.lower()}”, cách ghi {was}; ngày {on:%d/%m/%Y}"
        f" đơn vị đó là {now}. Số liệu được nhận cho {now}."
    )


NA_RI = "Huyện Na Rì, Tỉnh Bắc Kạn"


@pytest.mark.parametrize(
    ("title", "on", "form", "rule", "readings"),
    [
        (f"Xã Kim Hỷ, {NA_RI}", YEAR_END, REPORT, "filer-ended",
         f"là Xã Kim Hỷ, {NA_RI}, chỉ có đến hết ngày 30/06/2025. Ngày 31/12/2025, địa bàn đó nằm"
         f" trong Xã Văn Lang (Tỉnh Thái Nguyên), cùng với các đơn vị cũ: Xã Văn Lang, Xã Lương"
         f" Thượng ({NA_RI})."),
        # the old commune is a part of the new one of the same name
        (f"Xã Văn Lang, {NA_RI}", YEAR_END, REPORT, "filer-ended",
         f"là Xã Văn Lang, {NA_RI}, chỉ có đến hết ngày 30/06/2025. Ngày 31/12/2025, địa bàn đó"
         f" nằm trong Xã Văn Lang (Tỉnh Thái Nguyên), cùng với các đơn vị cũ: Xã Lương Thượng, Xã"
         f" Kim Hỷ ({NA_RI})."),
        ("Xã Văn Lang, Tỉnh Thái Nguyên", HALF, REPORT, "filer-not-yet",
         "là Xã Văn Lang, Tỉnh Thái Nguyên, chỉ có từ ngày 01/07/2025. Ngày 30/06/2025, địa bàn đó"
         f" là của Xã Văn Lang, Xã Lương Thượng, Xã Kim Hỷ ({NA_RI})."),
        ("Xã Văn Lang, Huyện Na Rì, Tỉnh Thái Nguyên", YEAR_END, REPORT, "filer-two-dates",
         f"tên này có thể là: Xã Văn Lang, {NA_RI} (đến hết 30/06/2025); Xã Văn Lang, Tỉnh Thái"
         " Nguyên (từ 01/07/2025)."),
        ("Xã Kim Hỷ", YEAR_END, REPORT, "filer-ended", "nằm trong Xã Văn Lang"),
        ("Xã Kim Hỷ, Tỉnh Thái Nguyên", YEAR_END, REPORT, "filer-ended", "nằm trong Xã Văn Lang"),
        (NA_RI, YEAR_END, REVIEW, "filer-ended",
         "Ngày 31/12/2025, không còn cấp huyện, địa bàn đó thuộc Tỉnh Thái Nguyên."),
        ("Tỉnh Bắc Kạn", YEAR_END, REVIEW, "filer-ended",
         "địa bàn đó nằm trong Tỉnh Thái Nguyên, cùng với các đơn vị cũ: Tỉnh Thái Nguyên."),
        # a commune's report, of what was a district without communes
        ("Đặc khu Côn Đảo, Thành phố Hồ Chí Minh", HALF, REPORT, "filer-not-yet",
         "Ngày 30/06/2025, địa bàn đó là của Huyện Côn Đảo (Tỉnh Bà Rịa - Vũng Tàu)."),
        ("Tỉnh Bắc Ninh", date(2026, 12, 31), REVIEW, "filer-two-dates",
         "Tỉnh Bắc Ninh (đến hết 30/06/2025); Tỉnh Bắc Ninh (từ 01/07/2025 đến hết 19/09/2026)."),
    ],
)  # fmt: skip
def test_what_is_not_the_same_is_refused_with_both_readings(
    title: str, on: date, form: str, rule: str, readings: str
) -> None:
    said = refused(title, on, form)
    assert (said.rule, said.severity) == (rule, "fail")
    assert f"“{title.lower()}”" in said.message_vi and f"{on:%d/%m/%Y}" in said.message_vi
    assert readings in said.message_vi
    assert "{" not in said.message_en + said.fix_vi and said.message_en != said.message_vi


def test_a_part_is_said_to_be_a_part() -> None:
    """A commune of the country that was divided among several on 2025-07-01."""
    units = load_units()
    old = next(
        unit for unit in units.units
        if unit.level == "commune" and any(s.link == "part" for s in units.history.successors(unit))
    )  # fmt: skip
    parents = [parent.full_name for parent in units.history.parents(old)]
    said = refused(", ".join([old.full_name, *parents]), YEAR_END)
    assert said.rule == "filer-ended" and "đã chia vào" in said.message_vi
    for link in units.history.successors(old):
        assert f"{link.unit.full_name} [một phần]" in said.message_vi
        assert f"{link.unit.full_name} [part of it]" in said.message_en


@pytest.mark.parametrize(
    "title",
    ["Xã Kim Hỉ, Huyện Na Rì, Tỉnh Bắc Kạn", "Xã Văn Lang, Huyện Na Rì, Tỉnh Hà Giang",
     "Phường Kim Hỷ, Tỉnh Bắc Kạn"],
)  # fmt: skip
def test_what_no_date_knows_is_unknown(title: str) -> None:
    said = refused(title, YEAR_END)
    assert said.rule == "filer-unknown" and "31/12/2025" in said.message_vi


def test_the_reporter_and_the_paper_may_not_be_two_communes() -> None:
    lines = ["UBND XÃ CÔN MINH", "Đơn vị báo cáo: Xã Thượng Quan, Tỉnh Thái Nguyên"]
    with pytest.raises(IdentityError) as caught:
        find_filer(load_units(), load_forms()[REPORT, "2022"], lines, YEAR_END)
    assert caught.value.rule == "filer-ambiguous"


# Rows


def review_2025(province: str, *rows: list[object]) -> list:
    """The official review of a province for 2025: (rule, cell), what is loaded, all findings."""
    book = provincial(OFFICIAL, province, list(rows))
    for line in book.sheets[0].rows[:8]:
        line[:] = [c.replace("2024", "2025") if isinstance(c, str) else c for c in line]
    filing = normalised(book)
    assert filing.recognised is not None and filing.recognised.units_on == YEAR_END
    return [filing, *[f for f in filing.findings if f.rule != "unit-missing"]]


def test_a_provinces_table_has_its_new_communes_directly_inside() -> None:
    filing, *found = review_2025(
        "TỈNH THÁI NGUYÊN",
        review_line("Xã Văn Lang", 1), review_line("Phường Bắc Kạn", 2),
        review_line("Tổng cộng", 1, 2),
    )  # fmt: skip
    assert found == [] and judged([filing]) == []
    households = {k[0]: v for k, v in loaded(filing).items() if k[1] == "households"}
    assert households["02143"] == 501 and len(households) == 2


@pytest.mark.parametrize("heading", ["Huyện Na Rì (cũ)", "HUYỆN NA RÌ", "II. Huyện Na Rì cũ"])
def test_an_ended_district_is_a_heading_whose_figures_must_be_the_sum(heading: str) -> None:
    rows = [
        review_line("Thành phố Thái Nguyên (cũ)", 5), review_line("Phường Phan Đình Phùng", 5),
        review_line(heading, 1, 2), review_line("Xã Văn Lang", 1), review_line("Xã Côn Minh", 2),
        review_line("Tổng cộng", 1, 2, 5),
    ]  # fmt: skip
    filing, *found = review_2025("TỈNH THÁI NGUYÊN", *rows)
    assert found == [] and judged([filing]) == []
    assert {k[0] for k in loaded(filing) if k[0]} >= {"02143", "02185"}
    assert len({k[0] for k in loaded(filing)}) == 3
    rows[2][2] = float(str(rows[2][2])) + 1
    filing, *found = review_2025("TỈNH THÁI NGUYÊN", *rows)
    assert [(f.rule, f.cell) for f in judged([filing])] == [("total-row", "C13")]


def test_two_lines_a_commune_below_two_ended_districts() -> None:
    from tests.unit.test_province_filings import movement_lines

    rows = [
        *movement_lines("Huyện Na Rì (cũ)", 1), *movement_lines("Xã Văn Lang", 1),
        *movement_lines("Huyện Ngân Sơn (cũ)", 2), *movement_lines("Xã Thượng Quan", 2),
        *movement_lines("Tổng cộng", 1, 2),
    ]  # fmt: skip
    book = provincial(MOVEMENT, "TỈNH THÁI NGUYÊN", rows)
    for line in book.sheets[0].rows[:9]:
        line[:] = [c.replace("2024", "2025") if isinstance(c, str) else c for c in line]
    filing = normalised(book)
    assert [f.rule for f in filing.findings] == ["unit-missing"]
    assert judged([filing]) == []
    assert {k[0] for k in loaded(filing)} == {"02143", "01957"}


@pytest.mark.parametrize(
    ("label", "rule", "words"),
    [
        ("Xã Kim Hỷ", "unit-ended", "Xã Văn Lang (Tỉnh Thái Nguyên)"),
        ("Xã Quang Phong", "unit-ended", "Xã Côn Minh (Tỉnh Thái Nguyên)"),
        ("Huyện Bắc Hà", "unit-unknown", "“Huyện Bắc Hà”"),  # of Lào Cai
        ("Na Rì (cũ)", "unit-unknown", "“Na Rì (cũ)”"),
        ("Xã Tả Van Chư", "unit-unknown", "“Xã Tả Van Chư”"),
    ],
)
def test_a_row_of_another_time_or_place_is_refused(label: str, rule: str, words: str) -> None:
    _filing, *found = review_2025("TỈNH THÁI NGUYÊN", review_line(label, 1))
    said = [render(f, load_rules()[f.rule], strict=True) for f in found]
    assert [(each.rule, each.cell) for each in said] == [(rule, "B11")]
    assert words in said[0].message_vi


def test_a_row_of_the_same_territory_is_understood_and_said() -> None:
    filing, *found = review_2025(
        "TỈNH ĐẮK LẮK", review_line("Xã Krông Na", 1), review_line("Tổng cộng", 1)
    )
    assert {k[0] for k in loaded(filing)} == {"24235"}
    (warning,) = found
    said = render(warning, load_rules()[warning.rule], strict=True)
    assert said.severity == "warn" and said.message_vi == (
        "Ô B11: “Xã Krông Na” là tên chỉ dùng đến hết ngày 30/06/2025; ngày 31/12/2025 đơn vị đó"
        " là Xã Buôn Đôn, Tỉnh Đắk Lắk. Số liệu được nhận cho Xã Buôn Đôn, Tỉnh Đắk Lắk."
    )


def test_both_names_of_one_unit_are_one_row_too_many() -> None:
    _filing, *found = review_2025(
        "TỈNH ĐẮK LẮK", review_line("Xã Buôn Đôn", 1), review_line("Xã Krông Na", 1)
    )
    assert sorted(f.rule for f in found) == ["unit-renamed", "unit-repeated"]


def test_a_new_name_in_an_early_table_is_refused() -> None:
    book = provincial(OFFICIAL, "TỈNH BẮC KẠN", [["", "Huyện Na Rì"], review_line("Xã Na Rì", 1)])
    (finding,) = [f for f in normalised(book).findings if f.rule != "unit-missing"]
    said = render(finding, load_rules()[finding.rule], strict=True)
    assert (said.rule, said.cell) == ("unit-not-yet", "B12")
    assert "Thị trấn Yến Lạc, Xã Kim Lư, Xã Sơn Thành" in said.message_vi
