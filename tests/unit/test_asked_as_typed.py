"""What a person types who has no Vietnamese keyboard, or mistypes a code, leads to the unit."""

import re

import pytest

from etl.cli import helping
from etl.cli.options import unit_in
from etl.ground.errors import BadValue
from etl.units.asked import alike, code_meant
from etl.units.index import load_units


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("xa kim hy", ["02146"]), ("Xa Kim Hy", ["02146"]), ("huyen na ri", ["066"]),
        ("H. na ri", ["066"]), ("tinh bac kan", ["06"]), ("Thanh pho Ho Chi Minh", ["79"]),
        ("tp ho chi minh", ["79"]), ("Kim Hi", ["02146"]), ("kim hi, na ri", ["02146"]),
        ("xa dung", ["03208", "03373"]),  # Xã Xa Dung twice: "xa" may be part of the name
    ],
)  # fmt: skip
def test_a_level_or_a_name_without_marks_leads_to_the_unit(text: str, codes: list[str]) -> None:
    assert sorted(unit.code for unit in alike(load_units(), text)) == codes


@pytest.mark.parametrize("code", ["9999", "99999", " 00000 "])
def test_a_code_that_no_unit_has_or_had_is_refused(code: str) -> None:
    with pytest.raises(BadValue, match="--unit: không có đơn vị"):
        unit_in("--unit")(code)


def test_a_code_that_lost_its_zero_leads_to_the_unit() -> None:
    with pytest.raises(BadValue, match=r"Xã Kim Hỷ, Huyện Na Rì, Tỉnh Bắc Kạn \(02146\)"):
        unit_in("--unit")("2146")


@pytest.mark.parametrize("code", ["066", "02146", "02143"])  # ended, ended, two versions
def test_a_code_of_any_day_is_taken(code: str) -> None:
    assert unit_in("--unit")(f" {code} ") == code


def test_the_units_that_help_names_as_examples_are_taken() -> None:
    shown = [
        pair for pair in helping.pairs() if re.search(r"(?:[Cc]ode or name) of .*: ", pair["en"])
    ]
    examples = {
        word.strip(" .") for pair in shown for text in pair.values()
        for word in text.partition(":")[2].split(",") if word.strip(" .")
    }  # fmt: skip
    assert {code_meant(load_units(), example) for example in examples} == {"02146"}
