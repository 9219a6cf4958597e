"""`khoxa forms lint`: what is wrong with a province's own files, by file and line, whatever stands
in them; and a typo in any code of a form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from etl.catalogue.form_faults import form_faults
from etl.catalogue.form_file import BrokenForm, form_of, read_form_file
from etl.docs.form_schema import SCHEMA, form_schema
from etl.ground.config import FORMS_DIR, ROOT
from etl.ground.seeds import _shipped, _wrong, shapes
from tests.khoxa import khoxa

INDICATOR = (
    "indicator_code,name_vi,name_en,unit_of_measure,kind,timing,direction,decimals,definition_vi,definition_en,"
    "numerator_code\n"
)
CALENDAR = "form,filer_level,scope_code,year,period,due_on,basis_vi,basis_en,units_on\n"
FUND = (FORMS_DIR / "fund_plan.yaml").read_text(encoding="utf-8")
OWN = FUND.replace("form: fund_plan", "form: own_plan").replace("vốn thực hiện", "vốn riêng")

RULE = """\
suite: own_plan
rules:
  - rule: a-rule
    severity: warn
    frame: filing
    expect: {expect_column_values_to_be_between: {column: DA1.central, max_value: 10}}
    vi: "Ô {cell}: {DA1.central} quá lớn."
    en: "Cell {cell}: {DA1.central} is too much."
    fix: {vi: "Kiểm tra lại.", en: "Check it."}
"""

AT = FUND[: FUND.index("source: NSTW")].count("\n") + 1  # the line of the first source

# file, its content, and what must be said of it: line and words
FILES: dict[str, tuple[bytes, list[tuple[int, str]]]] = {
    "forms/good.yaml": (OWN.encode(), []),
    "forms/same.yaml": (FUND.encode(), [(4, "the same form and version as forms/fund_plan.yaml")]),
    "forms/source.yaml": (
        OWN.replace("own_plan", "b").replace("riêng", "b").replace("NSTW, s", "NSTƯ, s").encode(),
        [(AT, "no source “NSTƯ”")],
    ),
    "forms/no_source.yaml": (
        OWN.replace("own_plan", "c").replace("riêng", "c").replace("source: NSDP, ", "").encode(),
        [(AT + 1, "“source” is missing")],
    ),
    "forms/ambiguous.yaml": (
        OWN.replace("own_plan", "d").replace("riêng", "d").replace('"NSĐP"', '"NSTW"').encode(),
        [(AT + 1, "also a header of “central”")],
    ),
    "forms/empty.yaml": (b"", [(1, "this is no form")]),
    "forms/tab.yaml": (b"form: e\n\tversion: 1\n", [(2, "indent with spaces, not tabs")]),
    "forms/bom.yaml": (
        b"\xef\xbb\xbf" + OWN.replace("own_plan", "f").replace("riêng", "f").encode(), [],
    ),
    "forms/legacy.yaml": (b"form: g\ntitle: D\xf2n\n", [(2, "the file is not UTF-8")]),
    "forms/list.yaml": (b"- 1\n", [(1, "this is no form")]),
    "forms/types.yaml": (b"form: [1]\nversion: {a: b}\n", [(1, "wrong type"), (2, "wrong type")]),
    "forms/x.yml": (b"form: h\n", [(1, "must end in .yaml")]),
    "forms/lists/units_of_measure.yaml": (
        b"houshold: [h]\nroad:\n  {vi: x, en: x, decimals: 0, kind: cout}\n",
        [(1, "“houshold”: "), (2, "no kind “cout”; nearest: “count”")],
    ),
    "expectations/own_plan.yaml": (RULE.encode(), []),
    "expectations/bom.yaml": (
        RULE.replace("own_plan", "f").replace("a-rule", "b-rule").replace("between", "betwen")
        .replace("{DA1.central}", "{DA1.centrl}").encode(),
        [(3, "nearest: “expect_column_values_to_be_between”"), (3, "nearest: “DA1.central")],
    ),
    "expectations/sourc.yaml": (
        RULE.replace("own_plan", "b").replace("a-rule", "c-rule").replace("max_value", "max_vale")
        .replace("severity: warn", "severity: wanr").encode(), [(4, "severity")],
    ),
    "expectations/stray.yaml": (b"suite: own_plam\nrules: []\n", [(1, "nearest: “own_plan”")]),
    "expectations/broken.yaml": (b"suite: [\n", [(2, "not valid YAML")]),
    "calender.csv": (b"x\n", [(1, "nearest: “calendar.csv”")]),
    "calendar.csv": (
        (CALENDAR + "own_plan,district,066,2026,Y,2026-01-31,a,b,start\n"
         "own_plam,district,066,2026,Y,2026-01-31,a,b,start\n"
         "own_plan,distrit,066,2027,Y,2027-02-30,a,b,start\n"
         "own_plan,district,0666,2027,Y,,a,b,start\n").encode(),
        [(3, "no form “own_plam”; nearest: “own_plan”"), (4, "nearest: “district”"),
         (4, "“2027-02-30” is not a day"), (5, "no unit of the code “0666”")],
    ),
    "indicator.csv": (
        b"\xef\xbb\xbf" + (INDICATOR + "a,Tên,Name,household,count,stock,up,0,a,b,\n"
        "households,Tên,Name,household,count,stock,up,0,a,b,\n"
        "b,Tên,Name,househould,cout,stock,up,0,a,b,c\n"
        "c,,Name,pct,rate,stock,up,hai,a,b,poor_household\n"
        "d,Tên,Name,household,count,stock,up,0,? đơn vị tính: máy. Số máy,Machines,\n"
        "e,Tên,Name,household,count,stock,up,0,? Số hộ,? Số hộ,\n").replace(",", ";").encode(),
        [(6, "delete the question from definition_vi"),
         (3, "already in sql/seeds/indicator.csv:2"), (4, "nearest: “household”"),
         (4, "nearest: “count”"), (5, "“name_vi” is blank"), (5, "“hai” is not a number")],
    ),
    "derivation.csv": (
        b"indicator_code,measure,period,sign,part_code,part_measure,part_period\n"
        b"b,actual,Y,1,a,actual,Y\n", [(2, "no code “b”")],  # b itself is not in order
    ),
    "source.csv": (b"source,name_vi,name_en\nX,V\xf2n,x\n", [(2, "the file is not UTF-8")]),
    "project.csv": (b"", [(1, "column “programme_code” is missing")]),
    "agency.csv": (b"agency_code,name_vi,name_en,levle\nx,a,b,c\n", [(1, "nearest: “level”")]),
    "agency_alias.csv": (b"alias,agency_code\nA, B,labour_office\n", [(2, "3 cells, not 2")]),
    "unit_alias.csv": (b"level,parent_code,alias,code\n\"x\n", [(2, "a quotation mark is amiss")]),
    "corrections.yaml": (b"- form: own_plam\n", [(1, "nearest: “own_plan”")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("x") / "local"
    for name, (content, _faults) in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(folder))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    listed = khoxa("forms", KHOXA_LOCAL=str(folder))
    assert listed.returncode == 0 and "own_plan" in listed.stdout and "fund_plan" in listed.stdout
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", FILES)
def test_each_fault_is_said_with_its_line(said: list[str], name: str) -> None:
    own = [line for line in said if line.startswith(f"local/{name}:")]
    expected = FILES[name][1]
    for line, words in expected:
        assert any(f":{line}: " in each and words in each for each in own), (line, words, own)
    assert bool(own) == bool(expected), own
    assert all(" / " in each for each in own), own


def test_a_file_that_lies_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(FILES["forms/source.yaml"][0])
    done = khoxa("forms", "lint", path)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{path}:{AT}: ") and done.stdout.count("\n") == 1
    path.write_text(OWN, encoding="utf-8")
    assert khoxa("forms", "lint", path).returncode == 0


def test_no_such_folder(tmp_path: Path) -> None:
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(tmp_path / "nowhere"))
    assert done.returncode == 1 and "there is no such folder" in done.stdout
    book = ROOT / "samples" / "inbox" / "na_ri_ke_hoach_von_2025.xlsx"
    done = khoxa("check", book, KHOXA_LOCAL=str(tmp_path / "nowhere"))
    assert done.returncode == 1 and "there is no such folder" in done.stderr
    assert "Traceback" not in done.stderr


WORDS = {  # what people read, and names that nothing else refers to
    "form", "version", "vi", "en", "title", "titles", "heading", "span", "unless", "needs", "above",
    "under", "header", "labels", "total_labels", "values", "periods",
}  # fmt: skip


def codes(node: Node, key: str = "") -> Iterator[tuple[str, ScalarNode]]:
    """Every scalar that is a code, with the key that it stands at."""
    if isinstance(node, MappingNode):
        for name, value in node.value:
            inner = isinstance(value, MappingNode) and name.value == "unless"
            if name.value not in WORDS or inner:
                yield from codes(value, name.value)
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from codes(each, key)
    elif isinstance(node, ScalarNode) and node.tag.endswith(":str"):
        yield key, node


@pytest.mark.parametrize("path", sorted(FORMS_DIR.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_typo_in_any_code_of_a_form_is_told_at_its_line(path: Path, tmp_path: Path) -> None:
    text, seen = path.read_text(encoding="utf-8"), Counter[str]()
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root
    for key, node in codes(root):
        seen[key] += 1
        end = node.end_mark.index - (node.style in ("'", '"'))
        broken = tmp_path / "x.yaml"
        broken.write_text(text[:end] + "x" + text[end:], encoding="utf-8")
        try:
            file = read_form_file(broken, "x.yaml", FORMS_DIR)
            faults = form_faults(file, form_of(file))
        except BrokenForm as error:
            faults = error.faults
        lines = {fault.line for fault in faults if fault.file == "x.yaml"}
        assert any(0 <= node.start_mark.line + 1 - line <= 4 for line in lines), (key, node.value)
    assert len(seen) >= 3


def test_the_tables_that_ship_are_of_their_shape() -> None:
    assert [(name, row.line, why) for name in shapes() for row in _shipped(name).rows
            for why in _wrong(name, row.values)] == []  # fmt: skip


def test_the_schema_takes_the_forms_and_nothing_like_them() -> None:
    text = form_schema()
    assert (ROOT / "docs" / SCHEMA).read_text(encoding="utf-8") == text
    schema = Draft202012Validator(json.loads(text))
    for path in FORMS_DIR.glob("*.yaml"):
        assert f"$schema=../../docs/{SCHEMA}" in path.read_text(encoding="utf-8").partition("\n")[0]
        schema.validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for old, new in (("stage: plan", "stage: plna"), ("required", "requird"), ("filer:", "filler:"),
                     ("items_from", "item_from"), ("is: figure", "is: figur")):  # fmt: skip
        assert not schema.is_valid(yaml.safe_load(FUND.replace(old, new))), old
