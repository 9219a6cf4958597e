"""A night with Word files: rejected and given back as one, mended by a correction, traced to its
row and column. The plan's sums are 13.321,58 and 409,42 million VND (helpers/word_books.py)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import yaml
from docx import Document

from etl.ground.config import Settings
from tests.helpers.word_books import CENTRAL, drawn, figure, put, run
from tests.night import Night

MENDED = {
    "form": "fund_plan", "unit": "066", "year": "2025", "period": "Y", "sheet": "Bảng 1",
    "cell": "hàng 9, cột 4", "guard": "1,284", "value": "284", "reason": "Huyện xác nhận",
    "told": "Phòng Tài chính huyện Na Rì", "on": "2025-06-19", "by": "Sở Tài chính",
}  # fmt: skip
SUMS = (
    "select source, sum(amount_million_vnd) from dw.fact_fund join dw.dim_fund using (fund_key)"
    " group by source order by source"
)
TRACE = (
    "select sheet, cell, text_as_filed, value from mart.figure_trace"
    " where is_current and text_as_filed in ('5.378,39', '1,284') order by 4"
)


def test_a_word_file_through_the_night(fresh_warehouse: Settings, tmp_path: Path) -> None:
    inbox, corrections = tmp_path / "inbox", tmp_path / "corrections.yaml"
    inbox.mkdir()
    corrections.write_text("[]\n", encoding="utf-8")
    data = drawn(lambda d: put(figure(d, 7, CENTRAL), run("1,284")))
    (inbox / "Kế hoạch vốn.docx").write_bytes(data)
    night = Night(replace(fresh_warehouse, corrections=str(corrections)), inbox)

    night.go()
    assert night.rows("select state, form from raw.filing") == [("rejected", "fund_plan")]
    (back,) = night.settings.returns_dir.iterdir()
    assert back.name.startswith("Kế hoạch vốn__") and back.suffix == ".docx"
    assert [comment.author for comment in Document(str(back)).comments] == ["khoxa"]

    corrections.write_text(yaml.safe_dump([MENDED], allow_unicode=True), encoding="utf-8")
    night.go()
    assert night.rows("select state from raw.filing") == [("accepted",)]
    assert night.rows(SUMS) == [("NSDP", Decimal("409.42")), ("NSTW", Decimal("13321.58"))]
    assert night.rows(TRACE) == [
        ("Bảng 1", "hàng 9, cột 4", "1,284", Decimal("284")),
        ("Bảng 1", "hàng 3, cột 4", "5.378,39", Decimal("5378.39")),
    ]
