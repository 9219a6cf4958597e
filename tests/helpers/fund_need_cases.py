"""What a sheet of needed funds may say beside Bắc Hà's row, and what arithmetic finds in it.

Columns of the sample: B label, C total, D budget not split, E central, F local, G credit; its own
row, the whole programme, is row 7: 194127 = 7450 + 186677.
"""

from __future__ import annotations

LINE = {"A": 2, "B": "Dự án 2", "C": 7000, "D": None, "E": 6000, "F": 1000}
REST = {"A": 3, "B": "Dự án 5", "C": 187127, "D": None, "G": 187127}
CASES: list[tuple[tuple[dict[str, object], ...], list[tuple[str, str]]]] = [  # rows, findings
    (({"G": "186.678"},), [("parts-sum", "C7")]),  # 7450 + 186678 = 194128
    (({"D": None, "G": None},), [("parts-sum", "C7")]),  # a total without any source
    (({"C": "201.577", "E": "7.000", "F": "450"},), [("need-budget-split-or-whole", "D7")]),
    (({"B": "Toàn chương trình"}, LINE, REST), []),  # 7000 + 187127 = 194127
    (({}, LINE, REST | {"C": 187128, "G": 187128}), [("need-lines-within-whole", "C7")]),
    (({}, LINE), [("need-lines-below-whole", "C7")]),  # a warning: 7000 of 194127
    (({"C": None}, LINE), [("need-lines-below-whole", "C7")]),  # 7450 + 186677 say the whole
    (({}, {"A": 2, "B": "Tổng cộng", "C": 1, "D": 1}), [("item-repeated", "B8")]),
    (
        ({}, LINE | {"B": "Cộng dự án 3"}, {"B": "Dự án 3 - Tiểu dự án 1", "C": 6000, "E": 6000}),
        [("total-row", "C8"), ("need-lines-below-whole", "C7")],
    ),
    (
        ({"C": "194.127.000", "D": "7.450.000", "G": "186.677.000"},),
        [("need-large", "C7"), ("need-large", "D7"), ("need-large", "G7"),
         ("need-in-million-vnd", "C7"), ("need-in-million-vnd", "G7")],
    ),  # in thousand VND
]  # fmt: skip
