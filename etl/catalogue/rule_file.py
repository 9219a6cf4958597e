"""One file of expectations/: its rules, and whether they name what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from etl.catalogue.forms import Form
from etl.catalogue.frame_columns import ALWAYS, CELLS, COVERAGE, EARLIER, frame_columns, frames
from etl.catalogue.rules import Rule
from etl.ground.errors import BrokenFile
from etl.ground.faults import Fault, unknown, wrong_type
from etl.ground.yaml_file import YamlFile, read_yaml_file, words_beside

_QUOTED = re.compile(r"`([^`]*)`")
# what a finding has of itself (rules.render, check.report)
_OWN = {"seen", "expected", "sheet", "cell", "row", "column"}
_OWN_OF = {CELLS: {"formula", *(f"{role}_from" for role in EARLIER)}, COVERAGE: {"source"}}


class RuleFault(NamedTuple):
    """A fault and the code of the rule that has it; "" where it is the file's."""

    rule: str
    fault: Fault


@dataclass(slots=True)
class Suite:
    """The rules of a file, in its order, and what is wrong with it; `suite` is but the file's name
    where it does not say its own (`is_named`). `is_local`: it is the province's. `lines`: where
    each rule stands."""

    suite: str
    file: str
    is_named: bool = False
    is_local: bool = False
    rules: list[Rule] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[RuleFault] = field(default_factory=list)

    def add(self, rule: str, line: int, why: str) -> None:
        """Note a fault."""
        self.faults.append(RuleFault(rule, Fault(self.file, line, why)))


def read_suite(path: Path, name: str, is_local: bool = False) -> Suite:
    """The rules of a file, which faults call `name`, and its faults; raises nothing."""
    suite = Suite(path.stem, name, is_local=is_local)
    try:
        yaml = read_yaml_file(path, name)
    except BrokenFile as error:
        suite.add("", error.line, error.why)
        return suite
    content = yaml.data if isinstance(yaml.data, dict) else {}
    if isinstance(content.get("suite"), str):
        suite.suite, suite.is_named = content["suite"], True
    for key in {"suite", "rules"} - set(content):
        suite.add("", 1, f"thiếu mục “{key}” / “{key}” is missing")
    for key in set(content) - {"suite", "rules"}:
        suite.add("", yaml.line((key,)), unknown("mục", "key", key, ("suite", "rules")))
    entries = content.get("rules", [])
    if not isinstance(entries, list):
        suite.add("", yaml.line(("rules",)), "“rules” phải là danh sách / “rules” must be a list")
        return suite
    for number, entry in enumerate(entries):
        _read_rule(suite, yaml, number, entry)
    return suite


def _read_rule(suite: Suite, yaml: YamlFile, number: int, entry: Any) -> None:
    line = yaml.line(("rules", number))
    if not isinstance(entry, dict):
        suite.add("", line, "không phải một quy tắc / this is no rule")
        return
    code = str(entry.get("rule", ""))
    if taken := {"file", "suite"} & set(entry):
        suite.add(code, line, f"{sorted(taken)}: quy tắc không tự đặt / cannot be set by a rule")
        return
    try:
        rule = Rule.model_validate({**entry, "file": suite.file, "suite": suite.suite})
    except ValidationError as error:
        for each in error.errors():
            name = str(each["loc"][-1]) if each["loc"] else ""
            why = f"“{name}”: {wrong_type(each)}"
            if each["type"] == "extra_forbidden":
                why = unknown("mục", "key", name, set(Rule.model_fields) - {"file", "suite"})
            suite.add(code, yaml.line(("rules", number, *each["loc"])), why)
    else:
        suite.rules.append(rule)
        suite.lines.append(line)


def names_faults(suite: Suite, forms: list[Form]) -> None:
    """Note rules that judge a frame or a column that the versions of their form do not have; for
    the suite `common`, which is every form's, `forms` are none."""
    made: dict[str, set[str]] = {}
    for rule, line in zip(suite.rules, suite.lines, strict=True):
        before = made.setdefault(rule.frame or "", set())
        for why in _names(rule, forms, before):
            suite.add(rule.rule, line, why)
        before |= set(rule.compute)


def _names(rule: Rule, forms: list[Form], before: set[str]) -> Iterator[str]:
    """What is wrong with a rule, where those before it computed some columns of its frame."""
    if rule.frame is None:
        return
    known = frame_columns(forms, rule.frame)
    if known is None:
        every = {name for form in forms for name in frames(form)} or {"cells", "coverage"}
        yield unknown("khung", "frame", rule.frame, every)
        return
    wanted = rule.columns - set(rule.compute) | ({rule.cell} if rule.cell else set())
    for name in sorted(wanted - known):
        yield unknown("cột", "column", name, known)
    for made, expression in rule.compute.items():
        if made in known | before:
            yield f"cột “{made}” đã có / there is already a column “{made}”"
        for name in sorted(_terms(expression) - known - before - ALWAYS - set(rule.compute)):
            yield unknown("cột", "column", name, known)
        if error := _syntax(expression):
            yield f"{expression}: {error}"
    keys = {table.key_column for form in forms for table in form.tables.values()}
    yield from _word_faults(rule, known | before | set(rule.compute) | keys)


def _plain(expression: str) -> str:
    return _QUOTED.sub("quoted", expression).replace("\n", " ").strip()


def _syntax(expression: str) -> str:
    try:
        ast.parse(_plain(expression), mode="eval")
    except SyntaxError as error:
        return str(error.msg)
    return ""


def _terms(expression: str) -> set[str]:
    """The columns that a pandas expression names."""
    quoted = set(_QUOTED.findall(expression))
    if _syntax(expression):
        return quoted
    tree = ast.parse(_plain(expression), mode="eval")
    return quoted | {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - {"quoted"}


def _word_faults(rule: Rule, columns: Iterable[str]) -> Iterator[str]:
    """What is wrong with the words of a rule that nobody would miss until a filing breaks it: its
    expectation and arguments, what stands in braces in its sentences. `columns` are those of its
    frame, its computed ones too."""
    judging = words_beside(__file__)["expectations"]
    for name, arguments in (rule.expect or {}).items():
        if name not in judging:
            yield unknown("phép kiểm tra", "expectation", name, judging)
            continue
        for argument in set(arguments) - set(judging[name]):
            yield unknown("mục", "argument", argument, judging[name])
    if rule.expect:
        known = {*columns, *(f"{column}_cell" for column in columns), *_OWN}
        known |= _OWN_OF.get(rule.frame or "", set())
        for name in sorted(rule.placeholders - known):
            yield unknown("chỗ điền", "placeholder", name, known)
