"""`khoxa trace`: a published figure back to its two sums, its communes and their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from etl.cli.options import UnitMeant, year_option
from etl.cli.terminal import Terminal
from etl.ground.config import Settings

if TYPE_CHECKING:
    from etl.reports.traced import Traced

_COLUMNS = (
    "đơn vị", "tử số", "mẫu số", "ô", "như đã gửi", "trang tính", "tệp", "đính chính",
)  # fmt: skip


def trace(
    unit: UnitMeant,
    indicator: Annotated[
        str, typer.Argument(help="Code of an indicator or a project: poverty_rate, DA2.")
    ],
    year: Annotated[int | None, year_option("Only figures of this year.")] = None,
    period: Annotated[str | None, typer.Option(help="Only figures of this period: H1, Y.")] = None,
    unit_map: Annotated[
        str | None, typer.Option("--map", help="A map, 2025-07-01 or as_filed; else the latest.")
    ] = None,
) -> None:
    """Lead a figure or money back to its sums, the units that it rests on, and their cells."""
    from etl.reports.traced import traced

    found, printed = traced(
        Settings.from_env(), unit, indicator, year=year, period=period, unit_map=unit_map
    )
    console = Terminal()
    for row in printed:
        console.print(
            f"{row.unit_name}, {row.period_key}: văn bản in / printed {row.text_as_filed}"
            f" ({row.file}, {row.sheet}, {row.cell})"
        )
    for figure in found:
        _print_figure(console, figure)


def _print_figure(console: Terminal, figure: Traced) -> None:
    """Its sums, and a row per unit that they are of."""
    from etl.cli.report_text import print_table
    from etl.ground.numerals import brief, shown

    sums = brief(figure.numerator)
    if figure.denominator is not None:
        sums += f" / {brief(figure.denominator)} = {shown(figure.value, 2)}"
    about = f"{figure.unit_name}, {figure.period_key}, {figure.is_what}"
    console.print(
        Text.assemble(
            *("\n", (figure.indicator, "bold"), f", {about} ({figure.unit_map}): "),
            *((sums, "bold"), f", {len(figure.parts)} đơn vị / units"),
        )
    )
    corrected = any(part.correction_reason for part in figure.parts)
    rows = [
        (part.from_name, brief(part.numerator), brief(part.denominator), part.cells,
         part.texts_as_filed, part.sheet, part.file, part.correction_reason or "")
        for part in figure.parts
    ]  # fmt: skip
    shown_columns = slice(None if corrected else -1)
    print_table(console, "", _COLUMNS[shown_columns], [row[shown_columns] for row in rows])
