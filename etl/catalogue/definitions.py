"""All forms and rules of the house, each checked against the others and against the seeds.

A form with a fault, in its file, its lists or its suite of rules, is put aside with all that is
wrong with it: the others work. A fault in rules that are every form's stops everything.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.catalogue.faults import Fault, unknown
from etl.catalogue.form_faults import form_faults
from etl.catalogue.form_file import BrokenForm, form_of, read_form_file
from etl.catalogue.form_head import head_of
from etl.catalogue.forms import Form
from etl.catalogue.rule_file import RuleFault, Suite, names_faults, read_suite
from etl.catalogue.rules import COMMON, READING, Rule
from etl.catalogue.units_of_measure import FIELDS, KINDS
from etl.ground.config import EXPECTATIONS_DIR, FORMS_DIR, SEEDS_DIR
from etl.ground.errors import BrokenFile, BrokenRule
from etl.ground.yaml_file import read_yaml_file

log = logging.getLogger(__name__)
_SEEDS = ("programme.csv", "indicator.csv", "project.csv", "source.csv")


@dataclass(frozen=True, slots=True)
class Broken:
    """A form that is put aside. `head` has what could be read of its names and titles, and no
    tables."""

    head: Form
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """The forms in order, the rules by code, the forms that are not in order, the faults that stop
    everything, and a digest of all files: the same text, the same digest."""

    forms: dict[tuple[str, str], Form]
    rules: dict[str, Rule]
    broken: tuple[Broken, ...]
    stops: tuple[RuleFault, ...]
    digest: str

    @property
    def stop(self) -> BrokenRule | None:
        """The first fault that stops everything."""
        for rule, fault in self.stops:
            return BrokenRule(fault.file, rule, fault.why, fault.line)
        return None

    @property
    def faults(self) -> list[Fault]:
        """Every fault, of everything."""
        return [*(f for each in self.broken for f in each.faults), *(f for _r, f in self.stops)]


def definitions(folder: Path = FORMS_DIR, expectations: Path = EXPECTATIONS_DIR) -> Definitions:
    """All of a folder of forms and a folder of suites; read once a process. Raises nothing."""
    return _definitions(folder, expectations)


def broken_forms(folder: Path = FORMS_DIR) -> tuple[Broken, ...]:
    """The forms that load_forms() leaves out, and why."""
    return definitions(folder).broken


def say_faults() -> None:
    """Tell the log of every form that is put aside; without a log of its own: standard error."""
    for fault in definitions().faults:
        log.error("%s", fault)


@lru_cache(maxsize=8)
def _definitions(folder: Path, expectations: Path) -> Definitions:
    forms, broken = _read_forms(folder)
    suites = [read_suite(path) for path in sorted(expectations.glob("*.yaml"))]
    _codes_once(suites)
    for suite in suites:
        own = [form for form in forms if suite.suite in (form.form, form.tables_from)]
        if own or suite.suite == COMMON:
            names_faults(suite, own)
    kept = []
    for form in forms:
        names = (form.form, form.tables_from)
        faults = [f for suite in suites if suite.suite in names for _rule, f in suite.faults]
        if faults:
            broken.append(_broken(form, expectations, faults))
        else:
            kept.append(form)
    known = {name for form in (*forms, *(each.head for each in broken))
             for name in (form.form, form.tables_from) if name}  # fmt: skip
    rules = {rule.rule: rule for suite in suites if not suite.faults for rule in suite.rules}
    return Definitions(
        {(form.form, form.version): form for form in kept}, rules, tuple(broken),
        (*_stops(suites, known), *_measures(folder)), _digest(folder, expectations),
    )  # fmt: skip


def _read_forms(folder: Path) -> tuple[list[Form], list[Broken]]:
    """The forms of a folder that have no fault of their own, and the others."""
    forms: dict[tuple[str, str], str] = {}
    good, broken = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = read_form_file(path)
            form = form_of(file)
            faults = form_faults(file, form)
            first = forms.setdefault((form.form, form.version), path.name)
            if first != path.name:
                why = f"biểu và bản đã có trong {first} / the same form and version as {first}"
                faults.append(file.fault(("version",), why))
        except BrokenForm as error:
            faults = error.faults
        if faults:
            broken.append(_broken(head_of(path), folder, faults))
        else:
            good.append(form)
    return good, broken


def _broken(form: Form, folder: Path, faults: list[Fault]) -> Broken:
    """A form of faults in files of a folder, whose name is said too: forms and suites are of one
    name."""
    named = (fault._replace(file=f"{folder.name}/{fault.file}") for fault in faults)
    return Broken(form, tuple(named))


def _codes_once(suites: list[Suite]) -> None:
    """Note rules whose code another has: those of every form go before those of one."""
    first: dict[str, str] = {}
    for suite in sorted(suites, key=lambda suite: suite.suite not in (READING, COMMON)):
        for rule, line in zip(suite.rules, suite.lines, strict=True):
            if rule.rule in first:
                why = f"mã đã dùng ở / the code is already used in {first[rule.rule]}"
                suite.add(rule.rule, line, why)
            first.setdefault(rule.rule, suite.file)


def _stops(suites: list[Suite], forms: set[str]) -> Iterator[RuleFault]:
    """The faults of rules that are every form's, and of suites that are no form's."""
    every = {READING, COMMON} | forms
    for suite in suites:
        if suite.is_named and suite.suite not in every:
            why = f"suite {suite.suite!r} is none of {sorted(every)}"
            yield RuleFault("", Fault(suite.file, 1, why))
        if suite.suite not in forms:
            yield from suite.faults


def _measures(folder: Path) -> Iterator[RuleFault]:
    """The faults of the list of units of measure, which is every form's."""
    name = "lists/units_of_measure.yaml"
    try:
        file = read_yaml_file(folder / name, name)
    except BrokenFile as error:
        yield RuleFault("", Fault(error.file, error.line, error.why))
        return
    if not isinstance(file.data, dict):
        yield RuleFault("", Fault(name, 1, "không phải một danh sách / this is no list"))
        return
    for unit, said in file.data.items():
        if why := _measure_fault(said):
            yield RuleFault("", Fault(name, file.line((unit,)), f"“{unit}”: {why}"))


def _measure_fault(said: object) -> str:
    """What is wrong with an entry of the list of units of measure, "" if nothing."""
    if not isinstance(said, dict):
        return "phải có các mục / must have entries: " + ", ".join(FIELDS)
    if strange := set(said) - set(FIELDS):
        return unknown("mục", "key", min(map(str, strange)), FIELDS)
    if lacking := [key for key in ("vi", "en", "decimals", "kind") if key not in said]:
        return f"thiếu mục “{lacking[0]}” / “{lacking[0]}” is missing"
    if said["kind"] not in KINDS:
        return unknown("loại", "kind", said["kind"], KINDS)
    if said["decimals"] not in range(7):
        return "số chữ số thập phân từ 0 đến 6 / decimals are 0 to 6"
    for key in ("words", "listed"):
        words = said.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            return f"“{key}” phải là danh sách các từ / must be a list of words"
    return ""


def _digest(folder: Path, expectations: Path) -> str:
    """One number for the text of all forms, lists, suites and seeds that forms are checked by."""
    paths = [*folder.rglob("*.yaml"), *expectations.glob("*.yaml")]
    paths += [SEEDS_DIR / name for name in _SEEDS]
    found = hashlib.sha256()
    for path in sorted(paths, key=lambda path: (path.parent.name, path.name)):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
