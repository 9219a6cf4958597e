"""docs/glossary.md knows every word that names are built of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer

from etl.cli.commands import app
from etl.ground import database
from etl.ground.config import EXPECTATIONS_DIR, ROOT, Settings

PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TABLES, PLAIN = PAGE.split("## Từ thường")
ROWS = [line.split("|")[1] for line in TABLES.splitlines() if line.startswith("| `")]
TERMS = [word for row in ROWS for word in re.findall(r"`([a-z]+)`", row)]
WORDS = {*TERMS, *re.findall(r"`([a-z]+)`", PLAIN)}
NAMES = """
    select table_schema || '.' || table_name, column_name from information_schema.columns
    where table_schema in ('dw', 'mart')
"""


def unknown(names: Iterator[str] | list[str]) -> dict[str, str]:
    """Words that the glossary lacks, each with a name that has it."""
    return {w: name for name in names for w in re.findall(r"[a-z]+", name) if w not in WORDS}


def commands(group: object, path: str = "") -> Iterator[str]:
    """Every command of khoxa and its options; `--help` is everybody's."""
    for name, command in getattr(group, "commands", {}).items():
        yield f"{path} {name}".strip()
        yield from (opt for p in command.params for opt in p.opts if opt != "--help")
        yield from commands(command, f"{path} {name}")


def test_columns_of_the_warehouse(warehouse: Settings) -> None:
    with database.engine(warehouse).connect() as connection:
        names = [name.split(".")[1] for row in connection.exec_driver_sql(NAMES) for name in (
            row[0], f".{row[1]}")]  # fmt: skip
    assert len(names) > 400
    assert unknown(names) == {}


def test_commands_and_options() -> None:
    names = list(commands(typer.main.get_command(app)))
    assert {"unit import", "--as-of", "--received-at"} <= set(names)
    assert unknown(names) == {}


def test_rooms_and_suites() -> None:
    rooms = [path.parent.name for path in (ROOT / "etl").glob("*/__init__.py")]
    suites = [path.stem for path in EXPECTATIONS_DIR.glob("*.yaml")]
    assert len(rooms) >= 6 and len(suites) >= 10
    assert unknown([*rooms, *suites]) == {}


def test_a_word_is_explained_once_and_is_not_also_plain() -> None:
    assert len(TERMS) == len(set(TERMS))
    assert not set(TERMS) & set(re.findall(r"`([a-z]+)`", PLAIN))


def test_a_new_word_is_noticed() -> None:
    assert unknown(["zeal_pct"]) == {"zeal": "zeal_pct"}
