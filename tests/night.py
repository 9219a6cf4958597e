"""A night on a warehouse, for tests: the same steps as the DAG, and a way to ask afterwards."""

from __future__ import annotations

import csv
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from unittest.mock import patch

from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import ROOT, Settings
from etl.night import chain

SAMPLES = ROOT / "samples"
STEPS = ("read_and_normalise", "check", "load", "aggregate", "publish")
NOW = datetime.fromisoformat("2025-06-20T22:30:00+07:00")


@dataclass
class Night:
    """A warehouse and its inbox. Questions run as the loader, which may read everything."""

    settings: Settings
    inbox: Path = SAMPLES / "inbox"

    def go(self, now: datetime = NOW, *, docs: bool = False) -> dict[str, dict[str, int]]:
        """One whole night; returns what each step changed.

        Great Expectations' site takes as long as half of its checks: it is written where a test
        asks for it.
        """
        steps = {"receive": chain.receive(self.settings, self.inbox, now)}
        with nullcontext() if docs else patch("etl.check.docs.write_docs"):
            return steps | {name: getattr(chain, name)(self.settings) for name in STEPS}

    def decide(self) -> None:
        """What comes after collecting, as far as filings are decided."""
        with patch("etl.check.docs.write_docs"):
            for name in ("read_and_normalise", "check", "load"):
                getattr(chain, name)(self.settings)

    def rows(self, query: str, **params: object) -> list[tuple]:
        with database.engine(self.settings).connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), params)]

    @cached_property
    def tables(self) -> list[str]:
        """All but what is of a machine and its clock: who did what, how files were read last."""
        return [
            name
            for (name,) in self.rows(
                "select table_schema || '.' || table_name from information_schema.tables"
                " where table_schema in ('raw', 'stg', 'ref', 'dw', 'ops')"
                " and table_type = 'BASE TABLE' and table_name not in ('audit', 'fetched')"
                " order by 1"
            )
        ]

    def dump(self) -> dict[str, list[str]]:
        """Every row of every table, as text, in a fixed order."""
        with database.engine(self.settings).connect() as connection:
            return {
                name: sorted(connection.exec_driver_sql(f"select t::text from {name} t").scalars())
                for name in self.tables
            }

    def facts(self, name: str) -> list[dict[str, str]]:
        with (SAMPLES / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def inbox_sheet(self, file: str, sheet: str) -> list[list[object]]:
        book = CalamineWorkbook.from_path(self.inbox / file)
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)

    @staticmethod
    def cell(rows: list[list[object]], address: str) -> object:
        row, column = coordinate_to_tuple(address)
        return rows[row - 1][column - 1]
