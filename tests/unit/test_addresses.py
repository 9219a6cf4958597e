"""Addresses of cells, against openpyxl's."""

import random

import pytest
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

from etl.ground.addresses import address, column_number, place_of


def test_an_address_is_openpyxls() -> None:
    drawn = random.Random(11)
    places = [(drawn.randrange(1_048_576), column) for column in range(16_384)]
    for row, column in places:
        assert coordinate_to_tuple(address(row, column)) == (row + 1, column + 1)
        assert place_of(f"${get_column_letter(column + 1).lower()}${row + 1}") == (row, column)


def test_columns_beyond_every_sheet_have_letters() -> None:
    assert address(0, 18_278) == "AAAA1"  # 26 + 26² + 26³ columns have three at most
    assert column_number("AAAA") == 18_278


@pytest.mark.parametrize("text", ["", "A", "1", "A1:B2", "hàng 3, cột 2", "AAAA1"])
def test_what_is_no_address(text: str) -> None:
    assert place_of(text) is None
