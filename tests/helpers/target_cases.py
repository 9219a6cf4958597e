"""Plan targets for the check room, and what the written rules find in each."""

from etl.ground.records import State
from tests.helpers.check_cases import LEVEL, RANGE, Cells, about, target

FORM = "plan_targets"
# 18/18 communes, of which 17
N_OF_M = target(indicator="communes_ntm5", operator="=", value=18, unit="commune",
                quantity="n_of_m", total=18, ordinal="1")  # fmt: skip
OF_WHICH = target(11, indicator="communes_ntm5_advanced", operator="=", value=17, unit="commune",
                  ordinal="2", component_of="1")  # fmt: skip
WORDS = target(indicator="hygienic_water_pct", operator="none", value=State.BLANK,
               quantity="text_only")  # fmt: skip
FIVE_YEARS = about(2021, 2025) | LEVEL


def printed(value: float, text: str) -> Cells:
    """A count beside the text that it was taken from."""
    return target(indicator="jobs_created", operator="=", value=value, unit="person",
                  text_as_printed=text)  # fmt: skip


def again(value: float, text: str) -> Cells:
    """The same count in a second row."""
    return target(11, indicator="jobs_created", operator="=", value=value, unit="person",
                  text_as_printed=text)  # fmt: skip


# name: (form, what is filed, findings as (rule, cell))
CASES: dict[str, tuple[str, Cells, list[tuple[str, str]]]] = {
    "a level": (FORM, LEVEL, []),
    "a range": (FORM, RANGE, []),
    "a level above 100 %": (FORM, LEVEL | target(value=253.8),
                            [("target-percent-within-100", "E10")]),
    "a count above 100": (FORM, LEVEL | target(value=361, unit="household"), []),
    "a count with decimals": (FORM, LEVEL | target(value=1.337, unit="household"),
                              [("target-count-whole", "E10")]),
    "a range without its end": (FORM, RANGE | target(value_high=State.BLANK),
                                [("range-needs-second-value", "F10")]),
    "an end without a range": (FORM, RANGE | target(operator="<="),
                               [("second-value-needs-range", "F10")]),
    "a range in disorder": (FORM, RANGE | target(value_high=20),
                            [("range-in-order", "F10")]),
    "half a computer": (FORM, LEVEL | target(value=0.5, unit="computer"),
                        [("target-count-whole", "E10")]),
    "half a tonne": (FORM, LEVEL | target(value=0.5, unit="tonne"), []),
    "a range of words": (FORM, RANGE | target(operator="none", value=State.BLANK,
                                              value_high=30),
                         [("second-value-needs-range", "F10")]),
    "words only": (FORM, WORDS, []),
    "words only, in a list without kinds": (
        FORM, target(indicator="hygienic_water_pct", operator="none", value=State.BLANK), []),
    "words with a number": (FORM, WORDS | target(value=98),
                            [("words-only-without-value", "E10")]),
    "words in the kind only": (FORM, LEVEL | target(quantity="text_only"),
                               [("words-only-in-both", "J10")]),
    "words in the condition only": (FORM, WORDS | target(quantity="level"),
                                    [("words-only-in-both", "J10")]),
    "all of the communes": (FORM, N_OF_M, []),
    "more than all communes": (FORM, N_OF_M | target(value=19), [("count-within-total", "E10")]),
    "communes of how many": (FORM, N_OF_M | target(total=State.BLANK),
                             [("n-of-m-needs-total", "C10")]),
    "a total of a level": (FORM, LEVEL | target(quantity="level", total=30),
                           [("total-needs-n-of-m", "C10")]),
    "a total and no kind": (FORM, LEVEL | target(total=30), []),
    "a total with decimals": (FORM, N_OF_M | target(total=18.5), [("total-whole", "C10")]),
    "years of the plan": (FORM, FIVE_YEARS | target(year_from=2021, year_to=2025), []),
    "one year of the plan": (FORM, FIVE_YEARS | target(year_from=2025, year_to=2025), []),
    "years in disorder": (FORM, FIVE_YEARS | target(year_from=2024, year_to=2023),
                          [("target-years-in-order", "M10")]),
    "before the plan": (FORM, FIVE_YEARS | target(year_from=2020, year_to=2025),
                        [("target-year-from-inside-plan", "L10")]),
    "after the plan": (FORM, FIVE_YEARS | target(year_from=2021, year_to=2026),
                       [("target-year-to-inside-plan", "M10")]),
    "after a plan of one year": (FORM, LEVEL | target(year_to=2026),
                                 [("target-year-to-inside-plan", "M10")]),
    "no year at all": (FORM, FIVE_YEARS | target(year_from=2021.5),
                       [("target-year-from-inside-plan", "L10")]),
    "of which": (FORM, N_OF_M | OF_WHICH, []),
    "of which of a row that is not there": (
        FORM, N_OF_M | OF_WHICH | target(11, component_of="3"), [("component-known", "R11")]),
    "of which of itself": (FORM, N_OF_M | OF_WHICH | target(11, component_of="2"),
                           [("component-known", "R11")]),
    "of which of one of two rows": (
        FORM, N_OF_M | OF_WHICH | target(12, ordinal="1"), [("component-known", "R11")]),
    "a pair": (FORM, N_OF_M | target(paired_with="2") | OF_WHICH | target(11, paired_with="1"),
               []),
    "a pair of one": (FORM, N_OF_M | target(paired_with="2"), [("pair-known", "S10")]),
    "twice with two values": (
        FORM, printed(750, "750 lao động") | again(800, "800 lao động"),
        [("target-contradicted", "E10"), ("target-contradicted", "E11")]),
    "twice with one value": (FORM, printed(750, "750 lao động") | again(750, "750 lao động"),
                             [("target-twice", "E10"), ("target-twice", "E11")]),
    "a range twice with two upper ends": (
        FORM, printed(20, "20 - 30") | again(20, "20 - 40")
        | target(operator="between", value_high=30) | target(11, operator="between", value_high=40),
        [("range-contradicted", "F10"), ("range-contradicted", "F11")]),
    "a range twice": (
        FORM, printed(20, "20 - 30") | again(20, "20 - 30")
        | target(operator="between", value_high=30) | target(11, operator="between", value_high=30),
        [("target-twice", "E10"), ("target-twice", "E11")]),
    "twice, for two years": (
        FORM, about(2021, 2025) | printed(750, "750 lao động") | again(800, "800 lao động")
        | target(year_to=2023) | target(11, year_to=2025), []),
    "at least and at most": (
        FORM, printed(750, "750 lao động") | again(800, "800 lao động") | target(11, operator="<="),
        []),
    "printed with a dot": (FORM, printed(16000, "trên 16.000 lao động"), []),
    "printed with a comma": (FORM, LEVEL | target(value=99.8, text_as_printed="đạt 99,8% trở lên"),
                             []),
    "printed with a point": (FORM, LEVEL | target(value=6.05, text_as_printed="còn 6.05 %"), []),
    "printed with a zero before it": (FORM, printed(9, "Triển khai 09 mô hình"), []),
    "printed against a word": (FORM, printed(540, "tổng số540 máy tính"), []),
    "printed as a word": (FORM, printed(1, "có ít nhất một thành viên"), []),
    "printed apart": (FORM, printed(1337, "1 337 hộ"), []),
    "printed otherwise": (FORM, printed(16, "trên 16.000 lao động"),
                          [("number-not-in-text", "E10")]),
    "part of a printed number": (FORM, printed(54, "tổng số 540 máy tính"),
                                 [("number-not-in-text", "E10")]),
    "the upper end printed otherwise": (
        FORM, RANGE | target(text_as_printed="từ 20 đến 40%"), [("number-not-in-text", "F10")]),
}  # fmt: skip
