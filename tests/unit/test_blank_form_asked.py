"""What `khoxa form` says when a form cannot be drawn, and what it leaves on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.blank import draw_form
from etl.blank.words import reporter
from etl.catalogue.definitions import load_forms
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.normalise.texts.filer import find_filer
from etl.units.index import load_units

NOWHERE = Settings(home=Path("/nonexistent"), inbox="")


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        draw_form(NOWHERE, "commune_report", "02152", "2025-H1", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2025, 12, 31), date(2026, 12, 31)])
def test_the_line_that_says_who_files_is_understood_for_every_unit(on: date) -> None:
    units = load_units()
    form = load_forms()["commune_report", "2022"]
    by_code = {(unit.level, unit.code): unit for unit in units.units if unit.is_on(on)}
    wrong = []
    for unit in by_code.values():
        above = [("district", unit.district_code or ""), ("province", unit.province_code)]
        parents = tuple(by_code[at] for at in above if at in by_code and at[0] != unit.level)
        of_level = form.model_copy(update={"filer": (unit.level,), "form": unit.level})
        if find_filer(units, of_level, [reporter(unit, parents)], on) != (unit, None):
            wrong.append(unit.code)
    assert wrong == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("comune_report", "02152", "2025-H1"), ["commune_report?", "khoxa forms"]),
        (("commune_report", "2152", "2025-H1"), ["“2152”", "02152 (Xã Cường Lợi)"]),
        (("commune_report", "Cường Lợi", "2025-H1"), ["02152 (Xã Cường Lợi)"]),
        (("commune_report", "02146", "2025-Y"), ["31/12/2025", "not in force", "02143 (Xã Văn"]),
        (("commune_report", "066", "2025-H1"), ["cấp xã", "Huyện Na Rì"]),
        (("target_register", "02152", "2025"), ["cấp huyện", "--unit 066"]),
        (("target_register", "066", "2031"), ["2022–2030"]),
        (("target_register", "471", "2025"), ["liệt kê", "Huyện Cồn Cỏ"]),
        (("commune_report", "02152", "2025"), ["2025-H1, 2025-Y"]),
        (("target_register", "066", "2025-H1"), ["2025-Y"]),
        (("target_register", "066", "2022-2025"), ["chỉ cho: 2022"]),
        (("plan_targets", "066", "2025-2021"), ["chỉ cho: 2021–2030"]),
        (("plan_targets", "066", "2025-2031"), ["chỉ cho: 2021–2030"]),
        (("target_register", "066", "năm nay"), ["“năm nay”", "2025-H1"]),
        (("target_register", "066", "2025", None, "1999"), ["“1999”", "2022"]),
    ],
)
def test_what_cannot_be_drawn_is_said_with_a_way_out(
    arguments: tuple[str, ...], said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KhoxaError) as caught:
        draw_form(NOWHERE, *arguments)
    for words in said:
        assert words in str(caught.value)
    assert " / " in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = draw_form(NOWHERE, "target_register", "066", "2025")
    assert drawn.path.name == "target_register_066_2025-Y.xlsx" and drawn.path.exists()
    assert "chưa có kho" in drawn.note
    with pytest.raises(KhoxaError, match="đã có tệp"):
        draw_form(NOWHERE, "target_register", "066", "2025")
