"""Lists of what is assigned, changed by hand, and what arithmetic finds in each.

`PROVINCE` holds Huyện Ngân Sơn in row 10, Huyện Na Rì in 11, the total in 12; `DISTRICT` its 17
communes in rows 10 to 26 (row 10: 15 households, 1.12 points), the total of 375 in 27. C:
households, D: points.
"""

from tests.helpers.review_cases import Case, cells, without
from tests.helpers.sample_sheets import ASSIGNED as DISTRICT

PROVINCE = "bac_kan_giao_chi_tieu_giam_ngheo_2025.xlsx"

# name: (sample, changes, findings as (rule, cell))
CASES: dict[str, Case] = {
    "as filed": (DISTRICT, (), []),
    "negative": (DISTRICT, (cells(C10=-15.0, C27=345.0),), [("not-negative", "C10")]),
    "a comma lost": (DISTRICT, (cells(D10=112.0),), [("assigned-rate-within-100", "D10")]),
    "all of it": (DISTRICT, (cells(D10=100.0),), []),
    "half a household": (DISTRICT, (cells(C10=15.5, C27=375.5),),
                         [("number-not-whole", "C10"), ("number-not-whole", "C27")]),
    "a total that does not add up": (DISTRICT, (cells(C27="376"),), [("total-row", "C27")]),
    "a rate of the whole is no sum": (DISTRICT, (cells(D27="3,64"),), []),
    "without a total": (DISTRICT, (without(27),), []),
    "only a rate": (DISTRICT, (cells(C10="", C27="360"),), []),
    "a row that asks for nothing": (DISTRICT, (cells(C10="", D10="", C27="360"),),
                                    [("assigned-something", "C10")]),
    "zero is asked for": (DISTRICT, (cells(C10=0.0, D10=0.0, C27="360"),), []),
    "a cut without a rate": (DISTRICT, (cells(D10=0.0),), [("assigned-cut-fits-rate", "D10")]),
    "a rate without a cut": (DISTRICT, (cells(C10=0.0, C27="360"),),
                             [("assigned-cut-fits-rate", "D10")]),
}  # fmt: skip
