"""Every statement of the five plans is listed with its words, and held somewhere or said why not.

samples/facts/plan_statements.csv was written by reading samples/plans/*.txt paragraph by paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from tests.helpers.sample_sheets import ROOT, facts

PLANS = {
    path.name: " ".join(path.read_text(encoding="utf-8").split())
    for path in sorted((ROOT / "samples" / "plans").glob("*.txt"))
}
STATEMENTS = facts("plan_statements.csv")
TEXT_ONLY = "text only"
AGAIN = "said again"
# a number that says how much, how many or until when
SAYS_HOW_MUCH = re.compile(
    r"\d[\d.,]*\s*(?:%|hộ\b|người|lao động|học viên|xã\b|mô hình|triệu|tấn|ha\b|phòng|công trình"
    r"|tháng|sản phẩm|lượt|máy|nhà\b|bãi|nghĩa trang|tuổi)"
)

Row = dict[str, str]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def words(row: Row, fact: Row) -> bool:
    """The fact is in the words of the statement, or a part of them."""
    text = squeezed(fact["text_as_printed"])
    return text in row["quotation"] or row["quotation"] in text


def target(row: Row, fact: Row) -> bool:
    if fact["target_id"] != row["held_as"] or fact["seed"] != row["plan"]:
        return False
    if row["kind"] == "basis":  # "theo chuẩn nghèo …": by which standard the target is judged
        named = fact["named_standard"]
        return bool(named) and (named in row["quotation"] or row["quotation"][5:] in named)
    again = row["reason"] == AGAIN and f"{fact['number_as_printed']}%" in row["quotation"]
    return again or (words(row, fact) and fact["section"] == row["section"])


def fund(row: Row, fact: Row) -> bool:
    key = f"{fact['code']}/{fact['source']}"
    return (fact["seed"], key) == (row["plan"], row["held_as"]) and (
        f"{fact['amount_as_printed']} {fact['unit_as_printed']}" in row["quotation"]
    )


def baseline(row: Row, fact: Row) -> bool:
    key = fact["nso_code_pre_2025_07"] or fact["unit_type"]
    columns = ("name", "households_start", "poor_households_start", "poverty_rate_start")
    return key == row["held_as"] and all(
        squeezed(fact[f"{column}_as_printed"]) in row["quotation"] for column in columns
    )


def task(row: Row, fact: Row) -> bool:
    section = fact["section"] in (row["section"], "closing")
    return fact["seed"] == row["plan"] and section and words(row, fact)


HELD_IN: dict[str, Callable[[Row, Row], bool]] = {
    "plan_targets.csv": target,
    "plan_funds.csv": fund,
    "na_ri_2025_communes.csv": baseline,
    "plan_deadlines.csv": task,
    "plan_duties.csv": task,
    "plan_responsibilities.csv": task,
}


def test_every_quotation_stands_in_its_plan() -> None:
    wrong = [row for row in STATEMENTS if row["quotation"] not in PLANS[row["plan"]]]
    assert wrong == []
    assert len({row["statement_id"] for row in STATEMENTS}) == len(STATEMENTS)
    assert all(row["section"] and row["kind"] for row in STATEMENTS)


def test_every_statement_is_held_or_says_why_not() -> None:
    held = {name: facts(name) for name in HELD_IN}
    for row in STATEMENTS:
        if row["held_in"] == TEXT_ONLY:
            assert len(row["reason"]) > 20, row["statement_id"]
            continue
        for name in row["held_in"].split(";"):
            found = [fact for fact in held[name] if HELD_IN[name](row, fact)]
            assert found, (row["statement_id"], name)


@pytest.mark.parametrize("name", HELD_IN)
def test_every_fact_is_a_statement_of_its_plan(name: str) -> None:
    listed = [row for row in STATEMENTS if name in row["held_in"].split(";")]
    for fact in facts(name):
        computed = fact.get("source_label") == "computed"  # a sum that the plan does not print
        assert computed or any(HELD_IN[name](row, fact) for row in listed), fact


def unquoted(plan: str) -> list[str]:
    """What of a plan's text no statement quotes: headings, addressees, signatures."""
    text = PLANS[plan]
    quoted = bytearray(len(text))
    for row in STATEMENTS:
        if row["plan"] == plan:
            for found in re.finditer(re.escape(row["quotation"]), text):
                quoted[found.start() : found.end()] = b"\1" * len(found.group())
    return [text[m.start() : m.end()] for m in re.finditer(rb"\0+", bytes(quoted))]


@pytest.mark.parametrize("plan", PLANS)
def test_no_figure_of_a_plan_falls_out(plan: str) -> None:
    left = [piece for piece in unquoted(plan) if SAYS_HOW_MUCH.search(piece)]
    assert left == []


@pytest.mark.parametrize("plan", PLANS)
def test_no_paragraph_of_a_plan_falls_out(plan: str) -> None:
    """A sentence that is not quoted is a heading or opens the plan, lists it, or closes it."""
    known = re.compile(
        r"^\W*(?:[IVX]+\.|[\d.]+\.?\s|[a-zđ]\)|\(\d+\)|- (?:Về|Mục tiêu|Đối tượng)|\./\.)"
        r"|KẾ HOẠCH|xây dựng (?:Kế hoạch|kế hoạch)|Trên đây là|viết tắt là Kế hoạch"
        r"|ban hành kèm theo|Tăng thu nhập cho hộ|TT Đơn vị|nhằm hỗ trợ người dân tạo việc làm"
        r"|Tiếp tục phát huy vai trò|nhanh và bền vững của huyện"
    )
    left = [
        piece for piece in unquoted(plan)
        if len(re.sub(r"\W+", " ", piece).split()) > 8 and not known.search(piece)
    ]  # fmt: skip
    assert left == []


def test_counts() -> None:
    """What was found: five plans, by kind; targets that a plan says twice are statements too."""
    plans = list(PLANS)
    held = Counter(
        (plans.index(row["plan"]), row["kind"]) for row in STATEMENTS if row["held_in"] != TEXT_ONLY
    )
    kinds = ("target", "fund", "baseline", "deadline", "duty", "responsibility", "eligibility")
    assert {plan: [held[plan, kind] for kind in kinds] for plan in range(5)} == {
        0: [73, 27, 18, 1, 23, 31, 3],
        1: [4, 0, 0, 2, 12, 23, 13],
        2: [16, 0, 0, 1, 7, 9, 2],
        3: [17, 0, 0, 0, 6, 11, 1],
        4: [68, 3, 0, 0, 7, 16, 0],
    }
    assert sum(row["held_in"] == TEXT_ONLY for row in STATEMENTS) == 293
