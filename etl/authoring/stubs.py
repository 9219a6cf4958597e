"""Rows for indicators that a proposed form names and no list has yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from etl.authoring.proposal import Stub
from etl.catalogue.forms import YES_NO
from etl.catalogue.local_files import UNIT_ASKED
from etl.catalogue.units_of_measure import units_of_measure
from etl.ground.seeds import seed
from etl.ground.text import key

CODE = "indicator_code"
NONE = "…"
_ANSWERING = "commune"  # above communes it is how many said yes
_SOME = "unit"  # what is counted in nothing that the list has: the author says in what


def stub_rows(stubs: Iterable[Stub]) -> str:
    """A table of new indicators, as the list of indicators has them; what nobody can tell from the
    workbook is a guess that the author looks at."""
    columns = list(seed("indicator")[0])
    rows = []
    for stub in stubs:
        is_rate = stub.unit in ("pct", "pp")
        unit = stub.unit if stub.unit != "number" else _counted_in(stub.word)
        unit = _ANSWERING if stub.unit == YES_NO else unit
        unsure = f"{UNIT_ASKED}: {stub.word or NONE}. " if unit == _SOME else "? "
        said = {
            CODE: stub.code, "name_vi": stub.name, "name_en": stub.name,
            "unit_of_measure": unit,
            "kind": YES_NO if stub.unit == YES_NO else "rate" if is_rate else "count",
            "timing": "flow" if stub.is_flow else "stock",
            "direction": "none", "decimals": "2" if is_rate or stub.unit == "million_vnd" else "0",
            "definition_vi": f"{unsure}{stub.name}", "definition_en": f"{unsure}{stub.name}",
        }  # fmt: skip
        rows.append({column: said.get(column, "") for column in columns})
    return _table(columns, rows)


def _counted_in(word: str) -> str:
    """The unit of measure that a word of the workbook means."""
    if not word:
        return _SOME
    listed = units_of_measure().items()
    words = ((code, (unit.vi, *unit.words, *unit.listed)) for code, unit in listed)
    return next((code for code, said in words if key(word) in map(key, said)), _SOME)


def merge_stubs(path: Path, text: str) -> int:
    """Add to a file of indicators the rows of a table whose codes it has not; how many they are."""
    rows = list(csv.DictReader(io.StringIO(text)))
    own: list[dict[str, str]] = []
    if path.exists():
        own = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    known = {row[CODE] for row in own}
    new = [row for row in rows if row[CODE] not in known]
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_table(list((own or new)[0]), [*own, *new]), encoding="utf-8")
    return len(new)


def _table(columns: list[str], rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
