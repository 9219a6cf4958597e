"""The marts out of the house: files that other programs open, and what they need to know of them.

Door: `export`.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from etl.export.files import write_csv, write_parquet
from etl.export.model import tables
from etl.export.package import PACKAGE, package
from etl.export.workbook import write_workbook
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.whole_file import write_whole

Format = Literal["csv", "parquet"]
_ASKED_SINGLY = {"mart.trace"}  # of all figures at once it is longer than all the others


def export(
    settings: Settings, folder: Path, kind: Format = "csv", with_workbook: bool = True
) -> list[Path]:
    """Write the marts of sql/model.yaml, one file of `kind` each, `datapackage.json` (Frictionless)
    and `so_lieu.xlsx`; returns the files. The trace is left out: `khoxa trace` asks for one figure.

    Rows stand in the order of the mart's key and nothing tells the time of writing: the same
    warehouse gives the same bytes. A number is exact in csv, and a double in parquet. Raises
    OSError where a file cannot be written.
    """
    with database.asking(settings) as connection, TemporaryDirectory() as passing:
        marts = [each for each in tables(connection) if each["name"] not in _ASKED_SINGLY]
        lines = folder if kind == "csv" else Path(passing)
        written = [write_csv(connection, mart, lines) for mart in marts]
        workbook = [write_workbook(connection, marts, written, folder)] if with_workbook else []
        if kind == "parquet":
            pairs = zip(marts, written, strict=True)
            written = [write_parquet(mart, file, folder) for mart, file in pairs]
        write_whole(folder / PACKAGE, package(marts, written, kind))
    return [*written, folder / PACKAGE, *workbook]
