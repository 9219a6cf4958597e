"""A figure leads to its two sums, its communes and their cells, and these make the figure again."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, partial

import pytest
from openpyxl import load_workbook

from etl.reports.traced import NothingToTrace, traced
from tests.khoxa import khoxa, variables
from tests.night import Night

# what new communes cut since the opening of those they came of is told on maps only
PUBLISHED = """
    select a.period, a.measure, i.indicator_code, a.numerator,
        case when i.denominator_measure is distinct from 'register' then a.denominator end
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    inner join dw.dim_unit as u on u.level = a.level and u.unit_key = a.unit_key and not u.is_rest
    where u.unit_code = :unit and a.unit_map = 'as_filed' and a.year = 2025 and a.level = 'district'
        and a.numerator is not null
    order by 1, 2, 3
"""
TRACED = """
    select right(period_key, -5), measure, indicator_code, sum(numerator), sum(denominator)
    from mart.trace
    where unit_code = :unit and unit_map = 'as_filed' and year = 2025 and level = 'district'
    group by 1, 2, 3 order by 1, 2, 3
"""


def test_the_printed_rate_of_na_ri(warehouse_with_samples: Night) -> None:
    found, printed = traced(
        warehouse_with_samples.settings, "066", "poverty_rate", year=2025, period="Y"
    )
    assert ("25,38", "H28") in [(row.text_as_filed, row.cell) for row in printed]
    (figure,) = [figure for figure in found if figure.measure == "assigned"]
    assert (figure.numerator, figure.denominator) == (2616, 10307)
    assert figure.value is not None
    assert round(figure.value, 2) == Decimal("25.38")
    assert len(figure.parts) == 17
    assert all(part.cells and part.file for part in figure.parts)
    (kim_hy,) = [part for part in figure.parts if part.from_name == "Xã Kim Hỷ"]
    assert (kim_hy.numerator, kim_hy.denominator) == (173 - 20, 413)
    assert kim_hy.texts_as_filed == "(173 − 20) / 413"


def terms(formula: str) -> list[list[str]]:
    """Those of the numerator, then those of the denominator."""
    return [re.split(" [−+] ", side.strip("()")) for side in formula.split(" / ")]


def test_each_cell_is_told_with_its_sheet_and_file(warehouse_with_samples: Night) -> None:
    """Read from the filed workbooks: where cells of one figure lie in several sheets."""
    filed = cache(partial(load_workbook, data_only=True))
    found = warehouse_with_samples.rows(
        "select file, cells, texts_as_filed from mart.trace"
        " where unit_map = 'as_filed' and level = 'commune' and cells like '%!%'"
    )
    for file, cells, texts in found:
        files = terms(file)
        for n, (places, said) in enumerate(zip(terms(cells), terms(texts), strict=True)):
            side = files[n] if len(files) > 1 else files[0]
            names = side if len(side) > 1 else side * len(places)
            for name, place, text in zip(names, places, said, strict=True):
                sheet, _, cell = place.partition("!")
                assert str(filed(warehouse_with_samples.inbox / name)[sheet][cell].value) == text
    assert len([cells for _, cells, _ in found if cells.startswith("(")]) >= 17
    kim_hy = "(Đăng ký mục tiêu!D10 − Biểu mục tiêu!F11) / Đăng ký mục tiêu!D9"
    assert kim_hy in {cells for _, cells, _ in found}


def test_the_command_prints_them(warehouse_with_samples: Night) -> None:
    done = khoxa(
        *("trace", "066", "poverty_rate", "--year", "2025", "--period", "Y"),
        **variables(warehouse_with_samples.settings),
        COLUMNS="200",
    )
    assert done.returncode == 0, done.stderr
    assert "2.616 / 10.307 = 25,38" in done.stdout
    assert "printed 25,38" in done.stdout


def test_nothing_is_said_so(warehouse_with_samples: Night) -> None:
    with pytest.raises(NothingToTrace, match="066"):
        traced(warehouse_with_samples.settings, "066", "poverty_rate", year=2029)


@pytest.mark.parametrize("unit", ["066", "085"])  # of its communes, and for itself
def test_parts_make_the_figure(warehouse_with_samples: Night, unit: str) -> None:
    published = warehouse_with_samples.rows(PUBLISHED, unit=unit)
    assert len(published) > 20
    assert warehouse_with_samples.rows(TRACED, unit=unit) == published
