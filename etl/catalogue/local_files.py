"""The province's own folder (KHOXA_LOCAL) apart from its forms and rules: rows added to the seeds,
lists, and files that khoxa does not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.catalogue.answers import contradictions
from etl.catalogue.mail_file import mail_faults
from etl.ground.config import LOCAL_DIR
from etl.ground.errors import BrokenFile
from etl.ground.faults import Fault, unknown
from etl.ground.lists import list_names, list_words, merged, read_list
from etl.ground.seeds import SeedFile, local_name, local_seed, shapes
from etl.ground.yaml_file import sentence
from etl.units.event_file import BrokenUnitEvents
from etl.units.index import load_units

_FOLDERS = {"forms", "expectations", "unit_events"}
_FILES = {"corrections.yaml", "headers.yaml", "mail.yaml"}
UNIT_ASKED = "? đơn vị tính"  # how a proposed row asks its author
_ANY = {".md", ".txt"}  # what people write for each other


def local_faults(forms: set[str]) -> list[Fault]:
    """Every fault of these files; `forms` are the codes of all forms. Raises nothing."""
    if LOCAL_DIR is None or not LOCAL_DIR.is_dir():
        return []
    found = [*_strange(LOCAL_DIR), *_lists(), *_events(LOCAL_DIR), *mail_faults()]
    for name in shapes():
        found += seed_faults(local_seed(name), name, forms)
    return found


def seed_faults(file: SeedFile, name: str, forms: set[str]) -> list[Fault]:
    """The faults of a file of rows for the table `name`, those of forms and units among them."""
    columns = shapes()[name]["columns"]
    of_forms = [c for c, rule in columns.items() if rule.get("refers") == "form"]
    of_units = [c for c, rule in columns.items() if rule.get("refers") == "unit"]
    found = list(file.faults)
    for column in (*of_forms, *of_units) if file.rows else ():
        known = forms if column in of_forms else _units()
        vi, en = ("biểu", "form") if column in of_forms else ("đơn vị có mã", "unit of the code")
        found += [Fault(file.name, row.line, f"cột “{column}” / column “{column}”: "
                        + unknown(vi, en, row.values[column], known))
                  for row in file.rows if known and row.values[column] not in known]  # fmt: skip
    for row in file.rows:
        if asked := [column for column in columns if UNIT_ASKED in row.values[column]]:
            why = sentence(__file__, "unit_asked", columns=", ".join(asked))
            found.append(Fault(file.name, row.line, why))
    return sorted(found, key=lambda fault: fault.line)


def _units() -> set[str]:
    try:
        return {unit.code for unit in load_units().units}
    except BrokenUnitEvents:
        return set()  # which is said by itself


def _events(folder: Path) -> Iterator[Fault]:
    """What is wrong with events of units: any stops the night, for the history would be another."""
    if not any((folder / "unit_events").glob("*.yaml")):
        return
    try:
        load_units()
    except BrokenUnitEvents as error:
        for name, problems in error.found.items():
            yield from (Fault(f"unit_events/{name}", 1, str(problem)) for problem in problems)


def _lists() -> Iterator[Fault]:
    for name in list_names():
        try:
            merged(read_list(name))
        except BrokenFile as error:
            if error.file == local_name(_own(name)):
                yield Fault(error.file, error.line, error.why)
    if (path := _own("yes_no")).is_file():
        listed = list_words("yes_no")
        for code in set(listed) - {"yes", "no"}:
            yield Fault(local_name(path), 1, unknown("mục", "key", code, ("yes", "no")))
        for word in contradictions(listed):
            yield Fault(local_name(path), 1, f"“{word}” vừa là yes vừa là no / is both yes and no")


def _own(name: str) -> Path:
    return (LOCAL_DIR or Path()) / "forms" / "lists" / f"{name}.yaml"


def _strange(folder: Path) -> Iterator[Fault]:
    """Files that nobody reads, most often for a slip in their names."""
    tables = {f"{name}.csv" for name in shapes()}
    for path in _shown(folder):
        known = _FOLDERS if path.is_dir() else tables | _FILES
        if path.name in _FOLDERS and not path.is_dir():
            yield Fault(local_name(path), 1, "phải là một thư mục / must be a folder")
        elif path.suffix == ".yaml" and path.name not in known:
            yield Fault(local_name(path), 1, sentence(__file__, "in_forms"))
        elif path.name not in known and not _is_word(path):
            yield Fault(local_name(path), 1, unknown("tệp", "file", path.name, known))
    for name in ("forms", "forms/lists", "expectations"):
        for path in _shown(folder / name) if (folder / name).is_dir() else ():
            if path.is_dir() and (name, path.name) != ("forms", "lists"):
                yield Fault(local_name(path), 1, sentence(__file__, "no_folders_in"))
            elif not path.is_dir() and path.suffix != ".yaml" and not _is_word(path):
                yield Fault(local_name(path), 1, sentence(__file__, "ends_in_yaml"))


def _shown(folder: Path) -> list[Path]:
    """What lies in a folder but for hidden files, which editors leave."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _is_word(path: Path) -> bool:
    """Whether it is what people write for each other; x.yaml.txt is a form that Windows renamed."""
    return path.suffix in _ANY and Path(path.stem).suffix not in (".yaml", ".yml", ".csv")
