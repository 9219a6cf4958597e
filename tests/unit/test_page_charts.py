"""Numbers as a page writes them, and its drawings, without a warehouse."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from etl.ground import numerals
from etl.reports import charts, year_chart
from etl.reports.drawing import scale
from etl.reports.year_chart import Point, Standard

SVG = "{http://www.w3.org/2000/svg}"
STANDARDS = [
    Standard("2016-2020", 2021, 2021), Standard("2022-2026", 2022, 2026),
    Standard("2027-2030", 2027, 2030),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"), (0, "0"), (1337, "1.337"), (Decimal("8.08"), "8,08"),
        (Decimal("13731.00"), "13.731,00"), (Decimal("-3.475"), "−3,48"),
        (Decimal("0.005"), "0,01"), (Decimal("2.345"), "2,35"), (Decimal("1E+3"), "1.000"),
    ],
)  # fmt: skip
def test_numbers_are_vietnamese(value: Decimal | int | None, said: str) -> None:
    assert numerals.shown(value) == said


def test_money_has_two_decimals_and_brief_drops_zeros() -> None:
    assert [numerals.money(v) for v in (Decimal(9), Decimal("0.355"), None)] == [
        "9,00", "0,36", "–",
    ]  # fmt: skip
    assert [numerals.brief(v) for v in (Decimal("50.00"), Decimal("62.50"), 100, None)] == [
        "50", "62,5", "100", "–",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("most", "expected"),
    [("0", (1, 1)), ("4.2", (5, 1)), ("48.13", (50, 10)), ("5544.61", (6000, 2000))],
)
def test_a_scale_holds_its_figures(most: str, expected: tuple[int, int]) -> None:
    assert scale([None, Decimal(most)]) == expected


def points(*found: tuple[float, str]) -> list[Point]:
    """Points of (moment, rate) under the standard in force just then."""

    def standard(at: float) -> str:
        return next(s.name for s in STANDARDS if s.year_from <= at < s.year_to + 1)

    return [Point(at, Decimal(value), standard(at)) for at, value in found]


def test_a_line_breaks_where_the_standard_changes() -> None:
    of_ten_years = points(
        (2021.04, "27.3"), (2021.96, "19.66"), (2022.04, "51.22"), (2022.96, "42.95"),
        (2026.5, "20"), (2026.96, "18"), (2027.96, "30"), (2028.96, "25"),
    )  # fmt: skip
    joined = [[float(p.at) for p in part] for part in year_chart.segments(of_ten_years)]
    # 2021 | 2022, then no figure until 2026 | 2027 on
    assert joined == [
        [2021.04, 2021.96], [2022.04, 2022.96], [2026.5, 2026.96], [2027.96, 2028.96],
    ]  # fmt: skip
    assert year_chart.segments([]) == []


def parts(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def drawn_lines(drawing: str) -> list[list[tuple[float, float]]]:
    """The corners of the lines drawn through points."""
    groups = [g for g in parts(drawing).iter(f"{SVG}g") if "mark-line" in g.get("class", "")]
    assert groups
    return [
        [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+),([-\d.]+)", path.get("d", ""))]
        for group in groups
        for path in group.iter(f"{SVG}path")
    ]


def test_no_drawn_line_crosses_a_change_of_standard() -> None:
    of_three_years = points(
        (2021.04, "27.3"), (2021.96, "19.66"), (2022.04, "51.22"), (2022.96, "42.95"),
        (2023.96, "34.45"),
    )  # fmt: skip
    [drawings] = year_chart.years(of_three_years, STANDARDS, "t", "d", "%")
    for drawing in drawings:
        rules = [
            (float(line.get("transform")[10:].split(",")[0]), line.get("stroke-dasharray"))
            for line in parts(drawing).iter(f"{SVG}line")
        ]
        [change] = {x for x, dashes in rules if dashes}
        lines = drawn_lines(drawing)
        assert [len(line) for line in lines] == [2, 3]
        assert max(x for x, _y in lines[0]) < change < min(x for x, _y in lines[1])
        words = " ".join(parts(drawing).itertext())
        assert "2016-2020" in words and "2022-2026" in words and "2027-2030" not in words


def drawings() -> list[str]:
    name = '<script>alert("1")</script> & Huyện Bắc Hà: Tỷ lệ hộ nghèo ộệữẵ'
    rate = Decimal("46.26")
    of_all = (
        charts.progress([charts.Bar(name, rate, Decimal(50), "behind", "▼ Chậm")], name, name),
        charts.communes([charts.Commune(name, rate, None, Decimal(0))], name, name, "%"),
        charts.funds([charts.Fund(name, rate, None, Decimal(0))], name, name),
        year_chart.years(points((2024.96, "28.88"), (2025.5, "27.23")), STANDARDS, name, name, "%"),
    )
    return [drawing for chart in of_all for pair in chart for drawing in pair]


def test_a_drawing_is_named_and_whole_and_inert() -> None:
    found = drawings()
    assert len(found) == 8
    for drawing in found:
        root = parts(drawing)  # well-formed, so what a name holds is text
        assert not any(tag.tag == f"{SVG}script" for tag in root.iter())
        title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert root.get("role") == "img" and "ộệữẵ" in title.text and "ộệữẵ" in about.text
        assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
        assert [tag for tag in root.iter() if tag.get("role")] == [root]  # its parts need no name
        fonts = {text.get("font-family") for text in root.iter(f"{SVG}text")}
        assert fonts and all(font.endswith(", sans-serif") for font in fonts)
        assert drawing.count("http") == drawing.count('xmlns="http') + drawing.count('xlink="http')
    names = [i for drawing in found for i in re.findall(r' id="([^"]+)"', drawing)]
    assert len(names) == len(set(names))


def test_the_same_figures_give_the_same_drawing() -> None:
    assert drawings() == drawings()


def test_zero_is_drawn_and_nothing_is_not() -> None:
    wide = charts.funds([charts.Fund("DA1", Decimal(4), None, Decimal(0))], "t", "d")[0][0]
    words = " ".join(parts(wide).itertext())
    assert "giải ngân 0" in words and "được giao" in words  # the legend, and no share of nothing
    assert "% được giao" not in words
    bars = [g for g in parts(wide).iter(f"{SVG}g") if "mark-rect role-mark" in g.get("class", "")]
    assert len(bars) == 2  # plan and disbursed


def test_many_rows_come_in_parts_that_fit_a_page() -> None:
    bars = [charts.Bar(str(n), Decimal(n), Decimal(50), "behind", "") for n in range(30)]
    heights = [int(parts(wide).get("height")) for wide, _narrow in charts.progress(bars, "t", "d")]
    assert len(heights) == 3 and max(heights) <= 640


def test_what_goes_far_beyond_is_told_in_words() -> None:
    bars = [
        charts.Bar("a", Decimal("325.5"), Decimal(100), "exceeded", "▲ Vượt"),
        charts.Bar("b", Decimal(-80), None, "not_met", "✗ Không đạt"),
    ]
    words = " ".join(parts(charts.progress(bars, "t", "d")[0][0]).itertext())
    assert "325,5 %" in words and "−80 %" in words and "−50 %" in words and "150 %" in words
