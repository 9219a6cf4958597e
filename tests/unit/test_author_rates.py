"""`khoxa forms new`: a rate of two columns added up, or of one less another, is proposed as such,
and the form reads the workbook: from the row of column numbers, or from the figures alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from etl.authoring import new_form, try_forms
from etl.catalogue.forms import Form, Ratio
from tests.helpers.author_books import NA_RI, Rows, draw_book
from tests.khoxa import khoxa

HEADER = ["STT", "Tên xã", "Tổng số hộ dân cư", "Số hộ nghèo", "Số hộ cận nghèo"]
NUMBERS = ["A", "B", "1", "2", "3"]


def _book(path: Path, header: str, sign: int, numbers: list[str] | None, wrong: float = 0) -> None:
    rows: Rows = [[*numbers]] if numbers else []
    for n, name in enumerate(NA_RI, start=1):
        households, poor, near = 400 + 13 * n, 90 + 7 * n, 50 + n * n % 23
        rate = round(100 * (poor + sign * near) / households, 2)
        rows.append([n, name, households, poor, near, rate + wrong * (n == 1)])
    above = {"A1": "UBND HUYỆN NA RÌ", "A2:F2": "RÀ SOÁT HAI LOẠI HỘ NĂM 2024"}
    draw_book(path, "Rà soát", above, [[*HEADER, header]], rows)


@pytest.mark.parametrize("is_numbered", [True, False])
@pytest.mark.parametrize(
    ("header", "number", "second"),
    [
        ("Tỷ lệ hộ nghèo và cận nghèo (%)", "4=(2+3)/1*100", {"plus": "so_ho_can_ngheo"}),
        ("Tỷ lệ hộ thoát nghèo (%)", "4=(2-3)/1*100", {"minus": "so_ho_can_ngheo"}),
    ],
)
def test_a_rate_of_two_columns(
    tmp_path: Path, header: str, number: str, second: dict[str, str], *, is_numbered: bool
) -> None:
    sign = 1 if "plus" in second else -1
    _book(tmp_path / "hai_loai.xlsx", header, sign, [*NUMBERS, number] if is_numbered else None)
    form = tmp_path / "local" / "forms" / "hai_loai.yaml"
    asked = new_form(tmp_path / "hai_loai.xlsx", form).asked
    (table,) = Form.model_validate(yaml.safe_load(form.read_text(encoding="utf-8"))).tables.values()
    (found,) = (column.ratio for column in table.columns.values() if column.ratio)
    assert found == Ratio(numerator="so_ho_ngheo", denominator="tong_so_ho_dan_cu", **second)
    (trial,) = try_forms([asked])
    assert trial.faults == trial.unread == []
    assert [said for said in (*trial.said, *trial.said_blank) if said.startswith("fail")] == []
    assert len(trial.pairs) == 17 * 4 and all(pair.is_same for pair in trial.pairs)


def test_another_rate_than_the_two_columns_give_is_returned(tmp_path: Path) -> None:
    """Văn Vũ: 100 × (97 + 51) / 413 = 35,84 and not 36,84."""
    book, header = tmp_path / "hai_loai.xlsx", "Tỷ lệ hộ nghèo và cận nghèo (%)"
    _book(book, header, 1, None)
    new_form(book, tmp_path / "local" / "forms" / "hai_loai.yaml")
    _book(book, header, 1, None, wrong=1)
    done = khoxa("check", book, "--json", KHOXA_LOCAL=str(tmp_path / "local"))
    (filing,) = json.loads(done.stdout)
    (found,) = (each for each in filing["findings"] if each["rule"] == "ratio-recomputed")
    assert found["cell"] == "F5"
    assert "ghi 36,84 nhưng tính lại được 35,84 (100 × (97 + 51) / 413)" in found["message_vi"]
