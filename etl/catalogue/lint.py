"""Every fault of the forms, rules and tables of the house and of the province, or of some files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from etl.catalogue.corrections import BrokenCorrections, load_corrections
from etl.catalogue.definitions import definitions
from etl.catalogue.local_files import seed_faults
from etl.ground.config import Settings
from etl.ground.faults import Fault
from etl.ground.seeds import checked, local_name, placed, shapes


def lint(files: Iterable[Path] = ()) -> list[Fault]:
    """What is wrong with everything; with `files`, with these, wherever they lie, as if they lay in
    the local folder: forms, rules, rows of tables (by the name of the file), corrections. Raises
    nothing."""
    paths = [placed(path) for path in files]
    if not paths:
        every = definitions().faults
        return [*every, *_corrections(Settings.from_env().correction_files)]
    yaml = [path for path in paths if path.suffix == ".yaml" and not _is_correction(path)]
    house = definitions(more=tuple(yaml))
    names = {local_name(path) for path in paths}
    known = set(definitions().faults)
    found = [f for f in house.faults if f.file in names or f not in known]
    forms = {form for form, _v in house.forms} | {each.head.form for each in house.broken}
    for path in paths:
        if path.suffix == ".csv" and path.stem in shapes():
            found += seed_faults(checked(path, path.stem), path.stem, forms)
        elif path.suffix != ".yaml":
            known_names = ", ".join(f"{name}.csv" for name in sorted(shapes()))
            why = f"tệp khoxa không dùng; có: *.yaml, {known_names} / no file of khoxa's"
            found.append(Fault(local_name(path), 1, why))
    found += _corrections(filter(_is_correction, paths))
    return list(dict.fromkeys(found))


def _is_correction(path: Path) -> bool:
    return path.name == "corrections.yaml"


def _corrections(files: Iterable[Path]) -> list[Fault]:
    try:
        load_corrections(*files)
    except BrokenCorrections as error:
        return [error.fault]
    return []
