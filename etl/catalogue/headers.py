"""What a province says of headers that its filers word otherwise than the form: headers.yaml in its
own folder (KHOXA_LOCAL).

A line accepts a text as another name of a column, or of a group of columns, or refuses it for good:

    - {form: fund_plan, table: funds, column: total, text: "Tổng vốn", accepted: 2026-11-29}
    - {form: fund_plan, table: funds, under: "Kinh phí được giao", text: "Vốn giao", accepted: …}
    - {form: fund_plan, table: funds, text: "Dự kiến năm sau", refused: 2026-11-29}

An accepted text is from then on one of the form's own (`named`): all else reads it as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError, model_validator

from etl.catalogue.forms import Column, Form, Table
from etl.catalogue.header_words import header_key, header_keys
from etl.ground.config import LOCAL_DIR
from etl.ground.errors import BrokenFile, KhoxaError
from etl.ground.faults import Fault, departure, unknown
from etl.ground.seeds import local_name
from etl.ground.spec import Spec
from etl.ground.yaml_file import read_yaml_file, sentence

FILE = "headers.yaml"
_HEAD = """# Đầu cột của tỉnh: nhận là tên khác của một cột, hoặc từ chối hẳn (`khoxa headers`).
# Headers of the province: accepted as another name of a column, or refused for good.
"""


class NotDecided(KhoxaError):
    """A text that cannot be accepted or refused as said."""


class Decision(Spec):
    """One line of headers.yaml. `under` is the form's own name of a group of columns."""

    form: str
    table: str
    text: str = Field(min_length=1)
    column: str | None = None
    under: str | None = None
    accepted: date | None = None
    refused: date | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Decision:
        if (self.accepted is None) == (self.refused is None):
            raise ValueError("ghi accepted hoặc refused / write either accepted or refused")
        if self.accepted and (self.column is None) == (self.under is None):
            raise ValueError("ghi column hoặc under / write either column or under")
        return self

    @property
    def key(self) -> tuple[str, str, str]:
        """The form, the table, and the header in one spelling."""
        return self.form, self.table, header_key(self.text)


class Named(NamedTuple):
    """Forms with the names that a province accepted, the lines in order, and what is wrong."""

    forms: list[Form]
    decisions: list[Decision]
    faults: list[Fault]


def headers_file() -> Path | None:
    """The file of the province's decisions, which need not be there; None without KHOXA_LOCAL."""
    return LOCAL_DIR / FILE if LOCAL_DIR else None


def named(forms: Iterable[Form]) -> Named:
    """The forms, with each accepted text among the names of its column or group. A line that does
    not fit the forms is a fault, and left out; the others hold."""
    found, path = Named(list(forms), [], []), headers_file()
    if path is None or not path.exists():
        return found
    try:
        file = read_yaml_file(path, local_name(path))
    except BrokenFile as error:
        found.faults.append(Fault(error.file, error.line, error.why))
        return found
    lines = file.data if file.data is not None else []
    if not isinstance(lines, list):
        found.faults.append(Fault(file.name, 1, "không phải danh sách / not a list"))
        return found
    for number, line in enumerate(lines):
        try:
            _take(found, line)
        except NotDecided as error:
            found.faults.append(Fault(file.name, file.line((number,)), str(error)))
    return found


def _take(found: Named, line: object) -> None:
    """Add a line of the file to what is found. Raises NotDecided."""
    try:
        decision = Decision.model_validate(line)
    except ValidationError as error:
        raise NotDecided("; ".join(map(departure, error.errors()))) from error
    if any(decision.key == other.key for other in found.decisions):
        raise NotDecided(f"“{decision.text}” đã có ở trên / is already said above")
    if decision.accepted:
        found.forms[:] = accept(found.forms, decision)
    found.decisions.append(decision)


def accept(forms: list[Form], decision: Decision) -> list[Form]:
    """The forms with a text as a further name of what the decision says.

    Raises NotDecided: no such form, table, column or group; a text that says nothing; one that
    would fit another column of the table as well, or is the column's own name already.
    """
    own = [form for form in forms if form.form == decision.form]
    if not own:
        raise NotDecided(unknown("biểu", "form", decision.form, {form.form for form in forms}))
    tables = {name for form in own for name in form.tables}
    if decision.table not in tables:
        raise NotDecided(unknown("bảng", "table", decision.table, tables))
    if not header_key(decision.text):
        raise NotDecided(f"“{decision.text}” không nói gì / says nothing of its own")
    changed = [_with_name(form, decision) if form in own else form for form in forms]
    if changed == forms:
        _no_place(own, decision)
    return changed


def _no_place(own: list[Form], decision: Decision) -> None:
    """Why no form took the text. Raises NotDecided."""
    tables = [form.tables[decision.table] for form in own if decision.table in form.tables]
    if decision.under is None:
        known = {name for table in tables for name in table.columns}
        raise NotDecided(unknown("cột", "column", decision.column, known))
    known = {text for table in tables for c in table.columns.values() for text in c.under}
    raise NotDecided(unknown("nhóm cột", "group of columns", decision.under, known))


def _with_name(form: Form, decision: Decision) -> Form:
    table = form.tables.get(decision.table)
    if table is None:
        return form
    columns = dict(table.columns)
    for name, column in table.columns.items():
        if name == decision.column:
            columns[name] = _renamed(table, name, decision.text)
        elif decision.under is not None and decision.under in column.under:
            _refuse_group(table, decision)
            columns[name] = column.model_copy(update={"under": (*column.under, decision.text)})
    if columns == table.columns:
        return form
    tables = form.tables | {decision.table: table.model_copy(update={"columns": columns})}
    return form.model_copy(update={"tables": tables})


def _renamed(table: Table, name: str, text: str) -> Column:
    """A column with one name more. Raises NotDecided where another one would have it too."""
    column, key = table.columns[name], header_key(text)
    if key in header_keys(column.header):
        raise NotDecided(f"“{text}” đã là tên của cột “{name}” / is already that column's name")
    for other in (name for name, c in table.columns.items() if key in header_keys(c.header)):
        if header_keys(column.under) & header_keys(table.columns[other].under) or not (
            column.under or table.columns[other].under
        ):
            raise NotDecided(_two(text, name, other))
    return column.model_copy(update={"header": (*column.header, text)})


def _refuse_group(table: Table, decision: Decision) -> None:
    """Raises NotDecided where columns of another group, or any, may stand under the text."""
    key = header_key(decision.text)
    for name, column in table.columns.items():
        if key in header_keys(column.under):
            raise NotDecided(
                _two(decision.text, decision.under or "", f"{column.under[0]} ({name})")
            )
    if key in header_keys(table.above):
        raise NotDecided(_two(decision.text, decision.under or "", "above"))


def _two(text: str, one: str, other: str) -> str:
    return sentence(__file__, "means_two", text=text, one=one, other=other)


def line_of(decision: Decision) -> str:
    """A decision as a line of the file: flow style, texts in double quotation marks."""
    said = decision.model_dump(exclude_none=True)
    for name in {"text", "under"} & set(said):
        said[name] = json.dumps(said[name], ensure_ascii=False)
    words = (f"{name}: {value}" for name, value in said.items())
    return "- {" + ", ".join(words) + "}\n"


def write(
    decision: Decision, path: Path, forms: Iterable[Form], decisions: Iterable[Decision]
) -> None:
    """Put a decision at the end of the file, which is made where there is none; it takes effect
    with the next night. `forms` and `decisions`: as the file has made them.

    Raises NotDecided as `accept`, and where the file says something of the header already.
    """
    for other in decisions:
        if other.key == decision.key:
            was = "đã được nhận / is accepted" if other.accepted else "đã bị từ chối / is refused"
            raise NotDecided(f"“{other.text}” {was}: {path}")
    if decision.accepted:
        accept(list(forms), decision)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    path.write_text(text + "\n" * (not text.endswith("\n")) + line_of(decision), encoding="utf-8")
