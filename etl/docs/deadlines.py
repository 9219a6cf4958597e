"""What docs/forms.md says of due dates: those of each form, and those that no form answers to."""

from __future__ import annotations

from etl.docs.text import grid, words
from etl.ground.seeds import seed


def due_lines(form: str) -> list[str]:
    """One line a row of sql/seeds/calendar.csv and calendar_rule.csv about the form."""
    dated = [(f"{row['period']} {row['year']}", row["due_on"] or "–", row)
             for row in seed("calendar") if row["form"] == form]  # fmt: skip
    yearly = [(f"{row['period']} {row['first_year']}–{row['last_year']}", _day(row), row)
              for row in seed("calendar_rule") if row["form"] == form]  # fmt: skip
    return [
        f"- Hạn gửi / due: {when}, {row['filer_level']}, `{row['scope_code']}`: {due}"
        f" ({row['basis_vi']} / {row['basis_en']})"
        for when, due, row in (*dated, *yearly)
    ]


def _day(rule: dict[str, str]) -> str:
    """The day as printed: trước ngày / before 10/6; "–" where the rule states none."""
    if not rule["day"]:
        return "–"
    month, day = map(int, rule["day"].split("-"))
    after = " năm sau / of the next year" if rule["years_after"] == "1" else ""
    return f"{words('relations')[rule['relation']]} {day}/{month}{after}"


def without_form() -> list[str]:
    """The deadlines of the plans that no form answers to, and why."""
    rows = [
        (
            *(f"`{row['scope_code']}`", f"{row['what_vi']} / {row['what_en']}"),
            *(row["basis_vi"], row["basis_en"], f"{row['why_vi']} / {row['why_en']}"),
        )
        for row in seed("deadline_without_form")
    ]
    title = "## Hạn báo cáo chưa có biểu / Deadlines without a form"
    return ["", title, "", *grid("deadlines", rows)]
