"""The annex "assigned and registered": what was asked of a unit and of those just below it."""

from __future__ import annotations

from sqlalchemy import Connection

from etl.reports.asked import Asked, rows
from etl.reports.sheet import Annex, Column
from etl.reports.tables import about, head
from etl.reports.words import said, unit_word

_UP, _DOWN = "Đăng ký so với giao / Registered", "Giao xuống / Assigned below"
_COLUMNS = (
    Column("TT", 5, "centre"),
    Column("Chỉ tiêu\nIndicator", 24),
    Column("Đơn vị\nWho", 22),
    Column("Đơn vị tính\nUnit", 12, "centre"),
    Column("Tỉnh giao\nProvince", 11, "number"),
    Column("Huyện giao\nDistrict", 11, "number"),
    Column("Kế hoạch\nOwn plan", 11, "number"),
    Column("Xã đăng ký\nRegistered", 12, "number", _UP),
    Column("So với\nAgainst", 16, group=_UP),
    Column("Chênh\nGap", 9, "number", _UP),
    Column("Đánh giá\nVerdict", 16, group=_UP),
    Column("Phần thiếu\nShare (%)", 11, "number", _UP),
    Column("Dưới cấp trên\nBelow parent", 13, "centre", _UP),
    Column("Số xã\nCommunes", 11, "centre", _UP),
    Column("Tổng giao\nSum", 10, "number", _DOWN),
    Column("Chênh\nGap", 9, "number", _DOWN),
    Column("Đánh giá\nVerdict", 16, group=_DOWN),
)


def cascade(connection: Connection, asked: Asked) -> Annex:
    """Assigned by the province, by the district, and registered, side by side, on the units as they
    were when it was assigned; the unit's own rows in bold."""
    found = rows(connection, "cascade", asked.params())
    lines = [
        (
            str(number), f"{row['indicator_vi']} / {row['indicator_en']}", row["unit_name"],
            unit_word(row["unit"]), row["assigned_by_province"], row["assigned_by_district"],
            row["own_plan_value"], row["registered_value"],
            said("askers", row["asked_by"]), row["registered_gap"],
            said("gaps", row["registered_verdict"]), row["gap_share_pct"],
            "có / yes" if row["is_below_parent"] else "", row["coverage"],
            row["assigned_below"], row["below_gap"], said("gaps", row["below_verdict"]),
        )
        for number, row in enumerate(found, start=1)
    ]  # fmt: skip
    return Annex(
        file=f"giao_va_dang_ky_{asked.unit}_{asked.year}.xlsx", sheet="Giao và đăng ký",
        head=head(asked),
        title=(f"GIAO VÀ ĐĂNG KÝ CHỈ TIÊU GIẢM NGHÈO NĂM {asked.year}",
               f"Targets assigned and registered, {asked.year}"),
        about=about(asked, "ghi ở từng dòng", "on each row", "as_filed"),
        measured_in="ghi ở từng dòng / on each row", columns=_COLUMNS, rows=lines,
        strong=frozenset(i for i, row in enumerate(found) if row["is_total"]),
    )  # fmt: skip
