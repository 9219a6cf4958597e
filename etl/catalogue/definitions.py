"""All forms and rules of the house and of the province (KHOXA_LOCAL), each checked against the
others and against the seeds.

A form with a fault, in its file, its lists or its suite of rules, is put aside with all that is
wrong with it: the others work. A fault in rules that are every form's stops everything.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.catalogue.form_clashes import clashes
from etl.catalogue.form_faults import form_faults
from etl.catalogue.form_file import BrokenForm, form_of, read_form_file
from etl.catalogue.form_head import head_of
from etl.catalogue.forms import Bilingual, Form
from etl.catalogue.headers import Decision, named
from etl.catalogue.local_files import local_faults
from etl.catalogue.rule_file import RuleFault, Suite, names_faults, read_suite
from etl.catalogue.rules import COMMON, READING, Rule
from etl.catalogue.units_of_measure import unit_fault, unit_words
from etl.ground.config import EXPECTATIONS_DIR, FORMS_DIR, LOCAL_DIR, SEEDS_DIR
from etl.ground.errors import BadValue, BrokenFile, BrokenRule
from etl.ground.faults import Fault, unknown
from etl.ground.lists import merged, read_list
from etl.ground.seeds import local_name, placed
from etl.ground.yaml_file import read_text, sentence

log = logging.getLogger(__name__)
_SEEDS = ("programme.csv", "indicator.csv", "project.csv", "source.csv", "period.csv")
_FILE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\.yaml")


@dataclass(frozen=True, slots=True)
class Broken:
    """A form that is put aside. `head` has what could be read of its names and titles, and no
    tables."""

    head: Form
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """The forms in order, the rules by code, the forms that are not in order, the faults that stop
    everything, those of the province's other files (`local`: what has one is left out), and a
    digest of all files: the same text, the same digest; what the province says of headers; and the
    forms as their files have them, without the headers that it accepted."""

    forms: dict[tuple[str, str], Form]
    rules: dict[str, Rule]
    broken: tuple[Broken, ...]
    stops: tuple[RuleFault, ...]
    local: tuple[Fault, ...]
    digest: str
    headers: tuple[Decision, ...]
    as_written: dict[tuple[str, str], Form]

    @property
    def stop(self) -> BrokenRule | None:
        """The first fault that stops everything."""
        for rule, fault in self.stops:
            return BrokenRule(fault.file, rule, fault.why, fault.line)
        return None

    @property
    def faults(self) -> list[Fault]:
        """Every fault, of everything."""
        of_forms = (f for each in self.broken for f in each.faults)
        # a form may be at fault for a row of a table that is
        return list(dict.fromkeys((*self.local, *of_forms, *(f for _r, f in self.stops))))


def definitions(
    folder: Path = FORMS_DIR, expectations: Path = EXPECTATIONS_DIR, more: tuple[Path, ...] = ()
) -> Definitions:
    """All of a folder of forms and a folder of suites, what the province adds to them, and `more`
    files of forms and suites as if it had added these; read once a process. Raises BadValue where
    the folder of forms is none; what is wrong with a file is among its `faults`."""
    return _definitions(folder, expectations, more)


def load_forms(folder: Path = FORMS_DIR) -> dict[tuple[str, str], Form]:
    """The forms that are in order, by (form, version), in the order of their file names; the others
    are broken_forms()."""
    return definitions(folder).forms


def load_rules(folder: Path = EXPECTATIONS_DIR) -> dict[str, Rule]:
    """All rules by code, in the order of files and of rules in them; without those of a suite that
    has a fault, whose form is broken.

    Raises BrokenRule naming file, rule and line: a fault in the suites `reading` and `common`, or
    in one that is no form's.
    """
    found = definitions(expectations=folder)
    if found.stop:
        raise found.stop
    return found.rules


def broken_forms(folder: Path = FORMS_DIR) -> tuple[Broken, ...]:
    """The forms that load_forms() leaves out, and why."""
    return definitions(folder).broken


def form_titles() -> dict[str, Bilingual]:
    """The title of each form, of its newest version."""
    return {code: form.title for (code, _version), form in definitions().forms.items()}


def say_faults() -> None:
    """Tell the log of every form that is put aside; without a log of its own: standard error."""
    for fault in definitions().faults:
        log.error("%s", fault)


@lru_cache(maxsize=8)
def _definitions(folder: Path, expectations: Path, more: tuple[Path, ...]) -> Definitions:
    if not folder.is_dir():
        raise BadValue(sentence(__file__, "no_forms_folder", folder=folder))
    if not (folder / "lists").is_dir():
        raise BadValue(sentence(__file__, "no_lists_folder", folder=folder))
    forms, broken = _read_forms(folder, [path for path in more if not _is_suite(path)])
    suites = _read_suites(expectations, [path for path in more if _is_suite(path)])
    for suite in suites:
        own = [form for form in forms if suite.suite in (form.form, form.tables_from)]
        if own or suite.suite == COMMON:
            names_faults(suite, own)
    heads = [(each.head, list(each.faults)) for each in broken] + [(form, []) for form in forms]
    found = [_with_rules(form, faults, suites, expectations) for form, faults in heads]
    broken = [each for each in found if each.faults]
    kept = [each.head for each in found if not each.faults]
    known = {name for form in (*forms, *(each.head for each in broken))
             for name in (form.form, form.tables_from) if name}  # fmt: skip
    astray = [*_no_folder(), *_stops(suites, known), *_measures(folder)]
    is_local = {suite.file for suite in suites if suite.is_local and suite.suite != COMMON}
    is_local |= {name for _path, name in _added("forms/lists", [])}
    stops = tuple(each for each in astray if each.fault.file not in is_local)
    local = (each.fault for each in astray if each.fault.file in is_local)
    rules = {rule.rule: rule for suite in suites if not suite.faults for rule in suite.rules
             if not suite.is_local or suite.suite in {*known, COMMON}}  # fmt: skip
    reworded = named(kept)
    return Definitions(
        {(form.form, form.version): form for form in reworded.forms}, rules, tuple(broken), stops,
        (*local, *local_faults(known), *reworded.faults), _digest(folder, expectations),
        tuple(reworded.decisions), {(form.form, form.version): form for form in kept},
    )  # fmt: skip


def _is_suite(path: Path) -> bool:
    """Whether a file lies where suites lie, or begins as they do."""
    try:
        text = read_text(path, path.name)
    except BrokenFile:
        text = ""
    return path.parent.name == "expectations" or text.startswith("suite:") or "\nsuite:" in text


def _added(kind: str, more: list[Path]) -> list[tuple[Path, str]]:
    """The province's own files of a kind, and `more`, with what faults call each."""
    own = sorted((LOCAL_DIR / kind).glob("[!.]*.yaml")) if LOCAL_DIR else []
    paths = dict.fromkeys((*own, *(placed(path) for path in more)))
    return [(path, local_name(path)) for path in paths]


def _read_forms(folder: Path, more: list[Path]) -> tuple[list[Form], list[Broken]]:
    """The forms of a folder and of the province that have no fault of their own, and the others."""
    seen: list[tuple[str, Form]] = []
    good, broken = [], []
    shipped = [(path, f"{folder.name}/{path.name}") for path in sorted(folder.glob("*.yaml"))]
    for path, name in (*shipped, *_added("forms", more)):
        try:
            if not _FILE_NAME.fullmatch(path.name):
                raise BrokenForm([Fault(name, 1, sentence(__file__, "file_name"))])
            file = read_form_file(path, name, folder)
            form = form_of(file)
            faults = form_faults(file, form)
            faults += [file.fault(place, why) for named, other in seen
                       for place, why in clashes(form, other, named)]  # fmt: skip
            seen.append((name, form))
        except BrokenForm as error:
            faults = error.faults
        if faults:
            broken.append(Broken(head_of(path), tuple(faults)))
        else:
            good.append(form)
    return good, broken


def _read_suites(expectations: Path, more: list[Path]) -> list[Suite]:
    """The suites of a folder and of the province."""
    suites = [read_suite(path, path.name) for path in sorted(expectations.glob("*.yaml"))]
    suites += [read_suite(path, name, is_local=True) for path, name in _added("expectations", more)]
    _codes_once(suites)
    for suite in suites:
        if suite.is_local and suite.suite == READING:
            suite.add("", 1, "quy tắc đọc do khoxa giữ / rules of reading are khoxa's own")
    return suites


def _with_rules(form: Form, faults: list[Fault], suites: list[Suite], folder: Path) -> Broken:
    """A form with its faults, those of its rules among them; suites of the house are said with
    their folder: forms and suites are of one name."""
    names = (form.form, form.tables_from)
    of_rules = [f for suite in suites if suite.suite in names for _rule, f in suite.faults]
    said = (f if "/" in f.file else f._replace(file=f"{folder.name}/{f.file}") for f in of_rules)
    return Broken(form, (*faults, *said))


def _codes_once(suites: list[Suite]) -> None:
    """Note rules whose code another has: those of the house go before the province's, those of
    every form before those of one."""
    first: dict[str, str] = {}
    for suite in sorted(suites, key=lambda s: (s.is_local, s.suite not in (READING, COMMON))):
        for rule, line in zip(suite.rules, suite.lines, strict=True):
            if rule.rule in first:
                why = f"mã đã dùng ở / the code is already used in {first[rule.rule]}"
                suite.add(rule.rule, line, why)
            first.setdefault(rule.rule, f"{suite.file}:{line}")


def _no_folder() -> Iterator[RuleFault]:
    """A folder of the province's own that is not there: its forms would be unknown to the night."""
    if LOCAL_DIR and not LOCAL_DIR.is_dir():
        yield RuleFault("", Fault(str(LOCAL_DIR), 1, sentence(__file__, "no_local_folder")))


def _stops(suites: list[Suite], forms: set[str]) -> Iterator[RuleFault]:
    """The faults of rules that are every form's, and of suites that are no form's."""
    every = {READING, COMMON} | forms
    for suite in suites:
        if suite.is_named and suite.suite not in every:
            yield RuleFault("", Fault(suite.file, 1, unknown("biểu", "form", suite.suite, every)))
        if suite.suite not in forms:
            yield from suite.faults


def _measures(folder: Path) -> Iterator[RuleFault]:
    """The faults of the list of units of measure, which is every form's."""
    try:
        files = read_list("units_of_measure", folder)
        merged(files)
    except BrokenFile as error:
        yield RuleFault("", Fault(error.file, error.line, error.why))
        return
    known: dict[str, set[str]] = {}
    for file in files:
        for unit, said in file.data.items():
            words = unit_words(said)
            why = unit_fault(said, is_known=unit in known)
            if not why and not _FILE_NAME.fullmatch(f"{unit}.yaml"):
                why = "mã gồm chữ không dấu, chữ số, gạch dưới / a code: plain letters, digits, _"
            for other, taken in known.items():
                if other != unit and (both := words & taken) and not why:
                    why = f"“{min(both)}” đã chỉ “{other}” / “{min(both)}” means “{other}” already"
            if why:
                yield RuleFault("", Fault(file.name, file.line((unit,)), f"“{unit}”: {why}"))
            known[unit] = words | known.get(unit, set())


def _digest(folder: Path, expectations: Path) -> str:
    """One number for the text of all forms, lists, suites and seeds that forms are checked by."""
    paths = [*folder.rglob("*.yaml"), *expectations.glob("*.yaml")]
    paths += [SEEDS_DIR / name for name in _SEEDS]
    if LOCAL_DIR:
        paths += [path for path in LOCAL_DIR.rglob("*") if path.suffix in (".yaml", ".csv")]
    found = hashlib.sha256()
    for path in sorted(paths, key=lambda path: (path.parent.name, path.name)):
        found.update(path.name.encode() + b"\0" + _bytes(path) + b"\0")
    return found.hexdigest()


def _bytes(path: Path) -> bytes:
    """What a file holds; of what cannot be read, which is a fault of its own, nothing."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""
