"""Forms, lists and rules are checked against each other and the seeds; a fault stops its own form,
and says file, line and the nearest known word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.catalogue.definitions import Definitions, definitions, load_forms, load_rules
from etl.catalogue.frame_columns import frame_columns, frames
from etl.ground.config import EXPECTATIONS_DIR, FORMS_DIR
from etl.ground.errors import BrokenFile, BrokenRule
from etl.ground.yaml_file import read_yaml
from tests.helpers.form_fault_cases import FAULTS
from tests.khoxa import khoxa

Change = Callable[[str], str]


class House:
    """Copies of the forms and the rules, to be broken."""

    def __init__(self, folder: Path) -> None:
        self.forms, self.rules = folder / "forms", folder / "expectations"
        shutil.copytree(FORMS_DIR, self.forms)
        shutil.copytree(EXPECTATIONS_DIR, self.rules)

    def change(self, name: str, old: str, new: str) -> int:
        """Replace a text that stands once in a file; returns the line where it stood."""
        path = self.forms.parent / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def read(self) -> Definitions:
        return definitions(self.forms, self.rules)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_house_itself_has_no_fault() -> None:
    assert definitions().faults == []
    assert {form for form, _version in load_forms()} == {p.stem for p in FORMS_DIR.glob("*.yaml")}


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_fault_breaks_its_own_form_and_says_where(
    house: House, case: tuple[str, str, str, str, int, str]
) -> None:
    form, file, old, new, below, said = case
    line = house.change(file, old, new)
    found = house.read()
    assert {broken.head.form for broken in found.broken} == {form}
    (broken,) = found.broken
    assert any(said in fault.why for fault in broken.faults), broken.faults
    assert {(f.file, f.line) for f in broken.faults if said in f.why} == {(file, line + below)}
    assert {code for code, _version in found.forms} == {
        code for code, _version in load_forms() if code != form
    }
    assert found.stop is None


def test_a_list_breaks_the_forms_that_take_it(house: House) -> None:
    line = house.change("forms/lists/projects.yaml", "DA5:", "DA55:")
    found = house.read()
    assert {broken.head.form for broken in found.broken} == {
        "commune_report", "fund_need", "fund_plan",
    }  # fmt: skip
    for broken in found.broken:
        (fault,) = broken.faults
        assert (fault.file, fault.line) == ("forms/lists/projects.yaml", line)
        assert "no project “DA55”; nearest: “DA5”" in fault.why


def test_a_list_of_units_must_have_those_of_the_indicators(house: House) -> None:
    house.change("forms/lists/units_of_measure.yaml", "latrine:", "latrin:")
    found = house.read()
    assert {broken.head.form for broken in found.broken} == {"plan_targets", "plan_results"}
    assert all("lacks “latrine”" in broken.faults[0].why for broken in found.broken)


def test_a_suite_breaks_also_the_form_that_takes_its_tables(house: House) -> None:
    name = "expectations/review_result.yaml"
    house.change(name, "suite: review_result", "suite: review_result\nx: [")
    found = house.read()
    assert {b.head.form for b in found.broken} == {
        "review_opening", "review_preliminary", "review_result",
    }  # fmt: skip
    assert not any(rule.suite == "review_result" for rule in found.rules.values())


def test_two_files_of_one_form_and_version(house: House) -> None:
    shutil.copy(house.forms / "fund_plan.yaml", house.forms / "x.yaml")
    (broken,) = house.read().broken
    assert (broken.faults[0].file, broken.faults[0].line) == ("forms/x.yaml", 4)
    assert "fund_plan.yaml" in broken.faults[0].why
    assert ("fund_plan", "2022") in house.read().forms


@pytest.mark.parametrize("text", ["", "- a\n", "x", "form: [1]\n", "\xff", "form: a\ntables: 7\n",
                                  "form: a\ntables: {x: {columns: {y: 3}}}\n"])  # fmt: skip
def test_whatever_stands_in_a_file_is_no_traceback(house: House, text: str) -> None:
    (house.forms / "odd.yaml").write_text(text, encoding="latin-1")
    (broken,) = house.read().broken
    assert broken.faults and all(f.file == "forms/odd.yaml" for f in broken.faults)


@pytest.mark.parametrize("name", ["common", "reading"])
@pytest.mark.parametrize("fault", ["\nx: 1\n", "\n- ["])
def test_rules_of_every_form_stop_everything(house: House, name: str, fault: str) -> None:
    path = house.rules / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + fault, encoding="utf-8")
    with pytest.raises(BrokenRule, match=rf"^{name}\.yaml: .*line \d+\)"):
        load_rules(house.rules)


HOUSEHOLD = 'household:\n  {vi: "hộ", en: "households", decimals: 0, kind: count'


def test_units_of_measure_are_every_form_s(house: House) -> None:
    name = "forms/lists/units_of_measure.yaml"
    line = house.change(name, HOUSEHOLD, HOUSEHOLD[:-1])
    found = house.read()
    assert found.broken == () and str(found.stop).startswith(f"{name}: ")
    ((_rule, fault),) = found.stops
    assert (fault.file, fault.line) == (name, line)
    assert "no kind “coun”; nearest: “count”" in fault.why


def test_the_columns_of_frames_are_those_of_the_check_room() -> None:
    import pandas as pd

    from etl.catalogue.rules import Rule
    from etl.check.frames import FormBatch
    from etl.check.recomputed import frame_of
    from etl.ground.records import Batch, Figure, Recognised

    texts = {"sheet": "str", "cell": "str", "subject": "str", "code": "str", "text": "str"}
    figures = pd.DataFrame(columns=list(Figure._fields)).astype(
        {**texts, "filing_id": "int64", "slot_id": "int64", "row_no": "int64", "value": "float64"}
    )
    batch = Batch(pd.DataFrame(columns=list(Recognised._fields)), figures)
    one = next(rule for rule in load_rules().values() if rule.frame == "cells")
    for form in load_forms().values():
        for name in frames(form):
            rule = Rule.model_validate(one.model_dump() | {"frame": name})
            known = frame_of(FormBatch(form, figures, batch), rule).known
            assert frame_columns([form], name) == known - {"row_id"}, (form.form, name)


def test_a_rule_of_one_form_that_cannot_judge_stops_that_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import etl.check
    from tests.helpers.check_cases import LEVEL, REGISTER, batch

    rules = dict(load_rules())
    name = "register-households-not-zero"
    expect = {"expect_column_values_to_be_between": {"column": "households", "min_vale": 0}}
    rules[name] = rules[name].model_copy(update={"expect": expect})
    monkeypatch.setattr(etl.check, "load_rules", lambda: rules)
    both = batch(("target_register", REGISTER), ("plan_targets", LEVEL))
    of_form = both.filings.set_index("filing_id")["form"]
    found = etl.check.check(both)
    broken = [f for f in found if f.rule == "form-broken"]
    assert {of_form[f.filing_id] for f in broken} == {"target_register"} and len(broken) == 1
    assert dict(broken[0].params)["file"] == "target_register.yaml"
    assert {of_form[f.filing_id] for f in found if f.rule != "form-broken"} <= {"plan_targets"}

    rules["not-negative"] = rules["not-negative"].model_copy(update={"expect": expect})
    with pytest.raises(BrokenRule, match="not-negative"):
        etl.check.check(both)


def test_a_broken_file_of_the_house_says_where(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("a: 1\nb:\n  c: 1\n  c: 2\n", encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"^words.yaml:4: .*already on line 3"):
        read_yaml(path)


@pytest.fixture
def environment(house: House) -> dict[str, str]:
    house.change("forms/fund_plan.yaml", "source: NSTW", "source: NSTU")
    return {"KHOXA_FORMS": str(house.forms)}


def test_commands_say_it_and_go_on(environment: dict[str, str], tmp_path: Path) -> None:
    said = "forms/fund_plan.yaml:34: không có nguồn vốn “NSTU”"
    listed = khoxa("forms", **environment)
    assert listed.returncode == 0 and said in listed.stderr
    assert "fund_need" in listed.stdout and "fund_plan" not in listed.stdout
    assert khoxa("forms", "lint", **environment).returncode == 1
    inbox = FORMS_DIR.parents[1] / "samples" / "inbox"
    plan, register = (
        inbox / f"na_ri_{n}_2025.xlsx" for n in ("ke_hoach_von", "muc_tieu_giam_ngheo")
    )
    good = khoxa("check", register, **environment)
    assert good.returncode == 0 and said in good.stderr
    bad = khoxa("check", plan, **environment)
    assert bad.returncode == 2
    assert "Mẫu “Kế hoạch vốn thực hiện chương trình” được khai báo sai trong khoxa" in bad.stdout
    assert "forms/fund_plan.yaml, dòng 34" in bad.stdout.replace("\n", " ")
