"""`khoxa forms new`: for ten layouts that no form is for, the form proposed reads the workbook,
after the edits that are shown here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from etl.authoring import Asked, Trial, new_form, try_forms
from etl.catalogue.forms import Form
from tests.helpers.author_books import NA_RI, draw_all

# What an author changes in each proposed form: a text of one line, and what stands there instead.
EDITS: dict[str, list[tuple[str, str]]] = {
    "criteria": [],
    "funds_by_source": [],
    "causes": [("indicator: causes_tong_so_ho_ngheo,", "indicator: poor_households,")],
    "monthly": [],
    "near_poor": [
        ("indicator: near_poor_so_ho_can_ngheo_dau_nam,", "indicator: near_poor_households,"),
        ("indicator: near_poor_so_ho_can_ngheo_cuoi_nam,", "indicator: near_poor_households,"),
    ],
    "nested": [],
    "unit_column": [
        ("ke_hoach_nam: {indicator: unit_column_ty_le_ho_ngheo,",
         "ke_hoach_nam: {indicator: poverty_rate,"),
        ("thuc_hien_6_thang: {indicator: unit_column_ty_le_ho_ngheo,",
         "thuc_hien_6_thang: {indicator: poverty_rate,"),
    ],
    "groups": [],
    "with_notes": [("indicator: with_notes_tong_so_ho,", "indicator: households,")],
    "letterhead": [],
}  # fmt: skip


class Done(NamedTuple):
    """A form as proposed and as its author left it, and what came of trying both."""

    text: str
    form: Form
    trial: Trial
    edited: Trial


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    folder = tmp_path_factory.mktemp("layouts")
    asked: dict[str, Asked] = {}
    for name, book in draw_all(folder):
        asked[name] = new_form(book, folder / "local" / "forms" / f"{name}.yaml").asked
    edited = [each._replace(form=_edited(name, each.form, folder)) for name, each in asked.items()]
    trials = try_forms(asked.values()), try_forms(edited)
    texts = {name: each.form.read_text(encoding="utf-8") for name, each in asked.items()}
    return {
        name: Done(text, Form.model_validate(yaml.safe_load(text)), *both)
        for (name, text), *both in zip(texts.items(), *trials, strict=True)
    }


def _edited(name: str, form: Path, folder: Path) -> Path:
    text = form.read_text(encoding="utf-8")
    for old, new in EDITS[name]:
        assert text.count(old) == 1, (name, old, text)
        text = text.replace(old, new)
    path = folder / "edited" / "forms" / form.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", EDITS)
def test_it_reads_after_at_most_ten_edited_lines(name: str, done: dict[str, Done]) -> None:
    assert len(EDITS[name]) <= 10
    trial = done[name].edited
    assert trial.faults == trial.unread == [], done[name].text
    refused = [text for text in (*trial.said, *trial.said_blank) if text.startswith("fail")]
    assert refused == []
    assert [pair for pair in trial.pairs if not pair.is_same] == []
    assert trial.reads


# figures that stand in each workbook: counted on the sheets as they are drawn above
COUNTED = {
    "criteria": 18 * 20,  # 17 units and the total; 19 criteria and their number
    "funds_by_source": 7 * 7,  # six sources and the total; the sums of I and II are checked alone
    "causes": 18 * 9, "monthly": 6 * 14, "near_poor": 9 * 6, "nested": 18 * 8,
    "unit_column": 6 * 2, "groups": 6 * 2, "with_notes": 18 * 3,
    "letterhead": 17 * 3,  # none: the trial draws them
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_every_figure_of_the_workbook_is_among_them(name: str, done: dict[str, Done]) -> None:
    assert len(done[name].trial.pairs) == COUNTED[name]
    assert done[name].trial.is_filled == (name != "letterhead")


def test_rows_have_the_names_of_their_day(done: dict[str, Done]) -> None:
    """Code 02143 is Xã Lương Thượng in 2024, Xã Văn Lang from 2025-07-01 on."""
    names = {pair.row for pair in done["criteria"].trial.pairs}
    assert names == {*NA_RI, "Tổng / total"}


def test_what_follows_from_other_columns_is_said(done: dict[str, Done]) -> None:
    (funds,) = done["funds_by_source"].form.tables.values()
    columns = funds.columns
    assert columns["tong_so"].parts == ("dau_tu_phat_trien", "su_nghiep")
    rate = columns["ty_le_giai_ngan"]
    assert rate.ratio is not None and rate.total == "ratio"
    assert (rate.ratio.numerator, rate.ratio.denominator) == (
        "ket_qua_giai_ngan_tong_so", "tong_so",
    )  # fmt: skip
    (criteria,) = done["criteria"].form.tables.values()
    assert len(criteria.columns["tong_so_tieu_chi_dat"].parts) == 19
    (sanitation,) = done["with_notes"].form.tables.values()
    assert sanitation.columns["ty_le"].ratio is not None


def test_groups_and_totals_are_said(done: dict[str, Done]) -> None:
    (table,) = done["groups"].form.tables.values()
    first, second = table.groups.values()
    assert first.labels == ("Chính sách sản xuất, nhà ở",)
    assert first.items == ("ho_tro_nha_o", "ho_tro_bo_giong", "ho_tro_may_nong_nghiep")
    assert second.items == ("cap_the_bao_hiem_y_te", "mien_giam_hoc_phi")
    assert "TỔNG CỘNG" in table.total_labels


def test_units_of_measure_are_said(done: dict[str, Done]) -> None:
    (table,) = done["groups"].form.tables.values()
    figures = [c.unit for c in table.columns.values() if c.is_ == "figure"]
    assert figures == ["household", "million_vnd"]
    (social,) = done["unit_column"].form.tables.values()
    units = [item.cells["thuc_hien_6_thang"].unit for item in social.items.values()]
    assert units == [
        "million_vnd_per_person_per_year", "pct", "household", "person", "km", "million_vnd",
    ]  # fmt: skip
    (nested,) = done["nested"].form.tables.values()
    assert {c.unit for c in nested.columns.values() if c.is_ == "figure"} == {"million_vnd"}


def test_headings_above_are_said_from_the_top(done: dict[str, Done]) -> None:
    (table,) = done["nested"].form.tables.values()
    assert [c.path for c in table.columns.values() if c.is_ == "figure"] == [
        (sense, of) for sense in ("Kế hoạch", "Thực hiện") for of in ("Vốn đầu tư", "Vốn sự nghiệp")
        for _own in ("Tổng số", "NSTW")
    ]  # fmt: skip


def test_an_indicator_is_suggested_and_never_taken(done: dict[str, Done]) -> None:
    text = done["with_notes"].text
    assert "# ? households (Tổng số hộ dân cư, " in text
    assert "indicator: households," not in text


def test_who_files_and_when_is_said(done: dict[str, Done]) -> None:
    form = done["near_poor"].form
    assert form.filer == ("province",)
    (table,) = form.tables.values()
    assert (table.rows, table.unit_level) == ("units", "district")
    assert form.titles == ("diễn biến hộ cận nghèo trong năm {year}",)
    social = done["unit_column"].form
    assert (social.filer, tuple(social.periods)) == (("commune",), ("H1",))
