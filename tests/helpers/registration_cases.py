"""What a commune registers, changed by hand, and what arithmetic finds in each.

`KIM_LU`: rows 9 to 13, D opening, E assigned, F registered: 648 households, 64 poor, assigned 10
(1,54 points; 8,33 %), registered 6 (0,93 points; 8,95 %).
"""

from tests.helpers.review_cases import Case, cells

KIM_LU = "dang_ky_giam_ngheo_2025_kim_lu.xlsx"
BELOW = ("registered-below-assigned", "F11")

# name: (sample, changes, findings as (rule, cell))
CASES: dict[str, Case] = {
    "as filed": (KIM_LU, (), [BELOW]),
    "as assigned": (KIM_LU, (cells(F11=10.0, F12=1.54, F13=8.33),), []),
    # 4 below would be 60 of 648 households: 9,26 %
    "the end rate is another cut's": (KIM_LU, (cells(F13=9.26),),
                                      [BELOW, ("registration-end-rate", "F13")]),
    # 6/648 = 0,9259, 58/648 = 8,9506
    "one decimal": (KIM_LU, (cells(F12=0.9, F13=9.0),), [BELOW]),
    "points of another cut": (KIM_LU, (cells(F12=1.54),),
                              [BELOW, ("registration-cut-rate", "F12")]),
    "more than the poor": (KIM_LU, (cells(F11=65.0, F12=10.03, F13=""),),
                           [("registration-cut-not-above-poor", "F11")]),
    "nothing registered": (KIM_LU, (cells(F11="", F12="", F13=""),),
                           [("registration-states-a-cut", "F11")]),
    "only points": (KIM_LU, (cells(F11="", F13=""),), []),
    "no households": (KIM_LU, (cells(D9=0.0, D10=0.0, F11=0.0, F12="", F13=""),),
                      [("registration-households-not-zero", "D9"), BELOW]),
    "poor above all": (KIM_LU, (cells(D10=649.0, F13=""),),
                       [BELOW, ("registration-poor-not-above-households", "D10")]),
}  # fmt: skip
