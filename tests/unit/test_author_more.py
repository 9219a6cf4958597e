"""`khoxa forms new` proposes months, answers, years, funds and double lines, and the form reads the
workbook after the edits that are shown here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from etl.authoring import Trial, new_form, try_forms
from etl.catalogue.forms import Column, Form, Table
from tests.helpers.author_books import Rows, draw_book
from tests.helpers.author_more_books import draw_more

# What an author changes in each proposed form: a text of one line, and what stands there instead.
EDITS: dict[str, list[tuple[str, str]]] = {
    "months": [],
    "quarters": [],
    "answers": [("indicator: answers_tong_so_ho,", "indicator: households,")],
    "years": [
        (f"{column}: {{indicator: years_so_ho_ngheo, unit: household}}",
         f"{column}: {{indicator: poor_households, unit: household}}")
        for column in ("thuc_hien_nam", "ke_hoach", "uoc_thuc_hien", "ke_hoach_nam")
    ],
    "project_funds": [],
    "programme_sources": [],
    "double_lines": [],
    "pages": [],
    "past_plan": [],
}  # fmt: skip
# figures that stand in each workbook: counted on the sheets as they are drawn
COUNTED = {
    "months": 18 * 13,  # 17 communes and the total; twelve months and the year
    "quarters": 17 * 5,
    "answers": 17 * 3 + 9,  # a cross in every other commune: the others are blank, and no answer
    "years": 3 * 4, "project_funds": 5 * 8, "programme_sources": 6 * 2, "double_lines": 18 * 2 * 3,
    "pages": 16 * 2, "past_plan": 17 * 4,
}  # fmt: skip


class Done(NamedTuple):
    """A form as proposed, and what came of trying it as its author left it."""

    text: str
    form: Form
    edited: Trial

    @property
    def table(self) -> Table:
        (table,) = self.form.tables.values()
        return table

    @property
    def figures(self) -> dict[str, Column]:
        return {name: c for name, c in self.table.columns.items() if c.is_ == "figure"}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    folder = tmp_path_factory.mktemp("more")
    texts, edited = {}, []
    for name, book in draw_more(folder):
        asked = new_form(book, folder / "local" / "forms" / f"{name}.yaml").asked
        texts[name] = asked.form.read_text(encoding="utf-8")
        edited.append(asked._replace(form=_edited(name, texts[name], folder)))
    trials = try_forms(edited)
    return {
        name: Done(text, Form.model_validate(yaml.safe_load(text)), trial)
        for (name, text), trial in zip(texts.items(), trials, strict=True)
    }


def _edited(name: str, text: str, folder: Path) -> Path:
    for old, new in EDITS[name]:
        assert text.count(old) == 1, (name, old, text)
        text = text.replace(old, new)
    path = folder / "edited" / "forms" / f"{name}.yaml"
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
    assert len(trial.pairs) == COUNTED[name]


def test_months_are_periods_of_one_indicator(done: dict[str, Done]) -> None:
    *months, year = done["months"].figures.values()
    assert [column.period for column in months] == [f"M{m:02}" for m in range(1, 13)]
    assert {column.figures for column in months} == {"of_period"}
    assert len({column.indicator for column in months}) == 1
    assert len(year.parts) == 12 and year.fact == "check"
    plan, *quarters = done["quarters"].figures.values()
    assert [column.period for column in quarters] == ["Q1", "Q2", "Q3", "Q4"]
    assert (plan.fact, plan.period) == ("target", "Y")


def test_cells_of_words_are_answers(done: dict[str, Done]) -> None:
    health, house, land, households = done["answers"].figures.values()
    assert [c.unit for c in (health, house, land)] == ["yes_no"] * 3
    assert (health.required, house.required) == (True, False)
    assert land.values == {"yes": ("Hoàn thành",), "no": ("Chưa hoàn thành",)}
    assert households.unit == "household"


def test_years_beside_the_year_are_told_apart(done: dict[str, Done]) -> None:
    columns = done["years"].figures
    said = {
        name: (c.header[0], c.fact, c.measure, c.year_offset) for name, c in columns.items()
    }  # fmt: skip
    assert said == {
        "thuc_hien_nam": ("Thực hiện năm {year}", "indicator", "actual", -1),
        "ke_hoach": ("Kế hoạch", "target", "target", 0),
        "uoc_thuc_hien": ("Ước thực hiện", "indicator", "estimate", 0),
        "ke_hoach_nam": ("Kế hoạch năm {year}", "indicator", "plan_next", 0),
    }


def test_a_plan_of_last_year_is_no_target_of_this_one(done: dict[str, Done]) -> None:
    said = [(c.fact, c.year_offset) for c in done["past_plan"].figures.values()]
    assert said == [("check", -1), ("indicator", -1), ("target", 0), ("indicator", 0)]
    assert "# ? số của năm khác" in done["past_plan"].text


def test_projects_of_the_programme_are_its_funds(done: dict[str, Done]) -> None:
    assert done["project_funds"].form.programme == "GNBV"
    assert list(done["project_funds"].table.items) == ["DA1", "DA2", "DA5", "DA3-TDA1"]
    lines = [
        (c.stage, c.source, c.nature)
        for c in done["project_funds"].figures.values() if c.fact == "fund"
    ]  # fmt: skip
    assert lines == [
        (stage, source, nature)
        for stage in ("plan", "disbursed")
        for source, nature in (("NSTW", "capital"), ("NSTW", "recurrent"), ("NSDP", None))
    ]


def test_funds_of_no_named_source_ask_whether_they_are_filed_elsewhere(tmp_path: Path) -> None:
    book = tmp_path / "von.xlsx"
    above = {"A1": "UBND HUYỆN NA RÌ", "A3:C3": "TÌNH HÌNH THỰC HIỆN VỐN CHƯƠNG TRÌNH MỤC TIÊU"
             " QUỐC GIA GIẢM NGHÈO BỀN VỮNG NĂM 2024", "C4": "ĐVT: triệu đồng"}  # fmt: skip
    rows: Rows = [[1, "Dự án 1: Hạ tầng", 120.5], [2, "Dự án 5: Hỗ trợ nhà ở", 90]]
    draw_book(book, "Von", above, [["STT", "Nội dung", "Giải ngân"]], rows)
    asked = new_form(book, tmp_path / "local" / "forms" / "von.yaml").asked
    lines = asked.form.read_text(encoding="utf-8").splitlines()
    (at,) = (n for n, line in enumerate(lines) if "source: NSNN" in line)
    questions = [line for line in lines[at - 3 : at] if line.strip().startswith("# ?")]
    assert (
        len(questions) == 1
        and "nếu tiền này đã có trong biểu khác theo từng nguồn thì sẽ bị cộng hai lần"
        in questions[0]
    )


def test_sources_as_rows_are_the_whole_programme(done: dict[str, Done]) -> None:
    found = done["programme_sources"]
    assert found.form.programme == "GNBV"
    sources = [item.source for item in found.table.items.values()]
    assert sources == ["NSTW", "NSDP", "NHCSXH", "LONGGHEP", "KHAC"]
    assert {c.project for c in found.figures.values()} == {"whole_programme"}
    assert [c.stage for c in found.figures.values()] == ["plan", "disbursed"]


def test_households_and_persons_are_lines_of_a_unit(done: dict[str, Done]) -> None:
    table = done["double_lines"].table
    assert table.line_column == "line" and table.columns["line"].is_ == "line"
    assert [item.labels for item in table.items.values()] == [("Hộ",), ("Khẩu",)]
    units = {cell.unit for item in table.items.values() for cell in item.cells.values()}
    assert units == {"household", "person"}
