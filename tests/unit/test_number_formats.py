"""What a number format shows, by hand arithmetic and Excel's own documentation of format codes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.read.seen.formats import BUILT_IN, is_plain, shown, shows_text

ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'
PLAIN = (
    *("General", "0", "0.00", "#,##0", "#,##0.00", "@", "General;-General", "0.##"),
    *(ACCOUNTING, BUILT_IN[37], BUILT_IN[43], "#,##0_ ;[Red]\\-#,##0\\ ", "0.00_%", "??0", "0*-"),
)


@pytest.mark.parametrize("code", PLAIN)
def test_a_format_that_shows_what_is_stored(code: str) -> None:
    assert is_plain(code)


@pytest.mark.parametrize(
    "code, value, text, power, affix, agrees",
    [
        ("#,##0,", 9050000, "9.050", 0, "", False),
        ("0.0,", 12345, "12,3", 0, "", False),
        ('#,##0".000"', 60, "60.000", 0, "", False),
        ('"1"0', 7, "17", 0, "", False),
        ('0"."000', 1337, "1.337", 0, "", True),  # reads as 1337 in Vietnam
        ('0"."000', 60, "0.060", 0, "", False),
        ("0.00%", 0.0808, "8,08%", 2, "", True),
        ("0.0#%", 0.0112, "1,12%", 2, "", True),
        ("0.00_%", 0.5, "0,50", 0, "", True),
        ('[<=100]0.00" %";0%', 1.12, "1,12 %", 0, "%", True),
        ('[<=100]0.00" %";0%', 112, "11200%", 2, "", True),
        ("0\\%", 12, "12%", 0, "%", True),
        ("0%%", 0.5, "5000%%", 4, "", True),
        ('0" hộ"', 15, "15 hộ", 0, "hộ", True),
        ('#,##0"K"', 60, "60K", 0, "K", True),
        ("#,##0\\ [$₫-42A]", 60000, "60.000 ₫", 0, "₫", True),
        ('0,,"tr"', 60_000_000, "60tr", 0, "tr", False),
        (";;;", 53, "", 0, "", False),
        ("[White]0", 53, "", 0, "", False),
        ("#", 0, "", 0, "", False),
        ("0;-0;;@", 0, "", 0, "", False),
        (ACCOUNTING, 0, "-", 0, "", True),
        (ACCOUNTING, -1337, "(1.337)", 0, "", True),
        ("#,##0;[Red]#,##0", -12, "12", 0, "", False),
        ("# ?/?", 0.5, "0/5", 0, "", False),
        ("0.00E+00", 1337, "1,34E+3", 0, "", False),
        ("dd/mm/yyyy", 45000, "ngày, giờ", 0, "", False),
        ('[=1]"Có";[=0]"Không";General', 1, "Có", 0, "", False),
        ("[>1000]0", 5, "####", 0, "", False),
        ("General", 1336.9999999999998, "1337", 0, "", True),
        ("0", 7.6, "8", 0, "", True),  # rounded, as any table is
    ],
)
def test_shown(
    code: str, value: float, text: str, power: int, affix: str, agrees: bool
) -> None:  # fmt: skip
    found = shown(code, value)
    assert (found.text.strip(), found.power, found.affix, found.agrees) == (
        *(text, power, affix, agrees),
    )
    assert not is_plain(code) or (agrees and not power and not affix)


def test_a_fourth_section_may_hide_a_text() -> None:
    assert shows_text("0;-0;0;@") and shows_text("0") and not shows_text(";;;")


@given(st.sampled_from(PLAIN), st.integers(-(10**9), 10**9))
def test_a_plain_format_shows_every_whole_number(code: str, number: int) -> None:
    found = shown(code, number)
    digits = "".join(c for c in found.text.partition(",")[0] if c.isdigit())
    assert found.agrees and int(digits or 0) == abs(number)


@given(
    st.decimals(-(10**6), 10**6, places=4),
    st.integers(0, 4),
    st.booleans(),
)
def test_decimals_are_rounded_half_up(number: Decimal, places: int, grouped: bool) -> None:
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    text = shown(code, float(number)).text.replace(".", "").replace(",", ".")
    assert abs(Decimal(text) - number) * 2 <= Decimal(1).scaleb(-places)
