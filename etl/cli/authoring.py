"""`khoxa forms new` and `khoxa forms try`: a form from a workbook, and whether one reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from etl.cli.options import file_in, form_out, unit_option
from etl.cli.terminal import Terminal, say
from etl.ground.yaml_file import sentence

if TYPE_CHECKING:
    from etl.authoring import Trial

_SHOWN = 20
_BOOK = typer.Option("--from", parser=file_in, metavar="FILE", help="A workbook of the layout.")


def new(
    book: Annotated[Path, _BOOK],
    out: Annotated[
        Path,
        typer.Option("--out", parser=form_out("--out"), metavar="FILE", help="The form: x.yaml."),
    ],
) -> None:
    """Propose a form from a workbook, filled in or empty, and try it.

    Exit code: 0 every figure comes back, 1 something is for you to mend in the form.
    """
    from etl.authoring import new_form

    made = new_form(book, out)
    typer.echo(f"Đã ghi biểu / form written: {made.form}")
    if made.stubs:
        typer.echo(f"Chỉ tiêu mới cần hoàn thiện / new indicators to complete: {made.indicators}"
                   f" ({made.stubs})")  # fmt: skip
    _try(out, book, made.asked.unit, made.asked.year)


def try_(
    form: Annotated[Path, typer.Argument(parser=file_in, metavar="FORM", help="A form: x.yaml.")],
    book: Annotated[Path, _BOOK],
    unit: Annotated[str | None, unit_option("Who files, where the workbook does not say.")] = None,
    year: Annotated[int, typer.Option(help="For when, where it does not say.")] = 0,
) -> None:
    """Try a form on a workbook and on its own blank: every figure, both readings side by side.

    Exit code: 0 every figure comes back, 1 something is for you to mend in the form.
    """
    _try(form, book, unit or "", year)


def _try(form: Path, book: Path, unit: str, year: int) -> None:
    from etl.authoring import Asked, indicators_of, try_forms

    (trial,) = try_forms([Asked(form, book, indicators_of(form), unit, year)])
    console = Terminal(soft_wrap=True, piped=140)
    for fault in trial.faults:
        say(f"khoxa: {fault}")
    if trial.pairs:
        _print_pairs(console, trial)
    for title, texts in (
        ("unread", [f"{cell} = {text}" for cell, text in trial.unread]),
        ("told", trial.said),
        ("told_blank", trial.said_blank),
    ):
        if texts:
            typer.echo(f"{sentence(__file__, title)}:")
            for text in texts[:_SHOWN]:
                say(f"  {text}")
            if len(texts) > _SHOWN:
                typer.echo(f"  … (+{len(texts) - _SHOWN})")
    if trial.reads:
        typer.echo("Biểu đọc được: mọi số đều trở lại / the form reads: every figure comes back")
        return
    typer.echo(f"Sửa {form} rồi chạy / mend it and run: khoxa forms try {form} --from {book}")
    raise typer.Exit(1)


def _print_pairs(console: Console, trial: Trial) -> None:
    """What the workbook holds beside what comes back from the form's own blank."""
    wrong = [pair for pair in trial.pairs if not pair.is_same]
    same = [pair for pair in trial.pairs if pair.is_same]
    title = "Số trong tệp và số đọc lại từ mẫu trống / the file's figures and those read back"
    if not trial.is_filled:
        title = "Tệp chưa có số: số thử / the file has no figures: drawn ones"
    table = Table(title=title, title_justify="left")
    for name in ("ô / cell", "dòng / row", "cột / column", "tệp / file", "mẫu / blank",
                 "đọc lại / read", "="):  # fmt: skip
        table.add_column(name)
    for pair in [*wrong, *same][: max(_SHOWN, len(wrong))]:
        mark = "≠" if not pair.is_same else "= (tự tính / computed)" if pair.is_computed else "="
        table.add_row(*pair[:6], mark)
    console.print(table)
    console.print(f"{len(same)} số bằng nhau, {len(wrong)} số khác / {len(same)} figures are equal,"
                  f" {len(wrong)} are not")  # fmt: skip
