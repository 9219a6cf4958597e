"""`khoxa run` and `khoxa summary`: a night here and now, and what the last ones said."""

from __future__ import annotations

import logging
import signal
import sys
import webbrowser
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TaskID

from etl.cli.options import day
from etl.cli.terminal import say
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.errors import BadValue
from etl.ground.yaml_file import sentence


def night(
    settings: Settings,
    inbox: Path,
    received_at: datetime | None,
    console: Console,
    then: Callable[[], None],
) -> None:
    """Run one night, saying what each step does; `then` is done after it, also where only a
    correction does not fit. Raises what the step that failed raised. One that is stopped by
    somebody, by a terminal that is gone or a machine that shuts down says so in its book."""
    from etl.catalogue.corrections import FailedCorrections
    from etl.night.told import steps
    from etl.night.told.lines import STEPS, fill, words

    started = now()
    _say_all(console)
    _may_be_stopped(console)
    step = STEPS[0]
    try:
        with Bar(console=console, disable=not console.is_terminal) as bar:
            for step in STEPS:
                task = bar.add_task(step, total=1)

                def read(count: int, total: int, task: TaskID = task) -> None:
                    bar.update(task, completed=count, total=total)

                if step == "receive":
                    steps.receive(settings, inbox, started, received_at)
                else:
                    steps.take(settings, step, started, read)
                bar.update(task, completed=1, total=1)
    except BaseException as error:
        steps.failed(settings, step, started, error if isinstance(error, Exception) else None)
        console.print(" / ".join(fill(words()["by_hand"])), markup=False, highlight=False)
        if isinstance(error, FailedCorrections):
            then()
        raise
    finally:
        steps.close(settings, started)
    then()


def _say_all(console: Console) -> None:
    """What the steps tell their log goes to the terminal, one line each."""

    class _Printed(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            try:
                console.print(record.getMessage(), markup=False, highlight=False)
            except SystemExit:  # rich's, where nobody reads any more: the book has it all
                if not console.quiet:
                    raise

    told = logging.getLogger("etl.night.told")
    told.setLevel(logging.INFO)
    told.handlers, told.propagate = [_Printed()], False


def _may_be_stopped(console: Console) -> None:
    """Let SIGTERM and SIGHUP end a night as Ctrl-C does, unless they are ignored (nohup)."""

    def stop(sent: int, _frame: object) -> None:
        console.quiet = sent == signal.SIGHUP  # its terminal is gone
        sys.exit(128 + sent)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)


def summary(
    of: Annotated[
        date | None,
        typer.Argument(parser=day("DAY"), metavar="[DAY]", help="ISO day. Default: the newest."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """What the night did, on one page: printed as text, and kept as HTML."""
    from etl.night.told import book as books
    from etl.night.told.page import text

    settings = Settings.from_env()
    kept = books.books(settings)
    if not kept:
        raise BadValue("chưa có đêm chạy nào: gõ `khoxa run` / no night has run yet: `khoxa run`")
    found = [path for path in kept if of is None or path.stem.startswith(of.isoformat())]
    if not found:
        known = ", ".join(dict.fromkeys(path.stem[:10] for path in kept[:10]))
        raise BadValue(sentence(__file__, "no_night_of_day", day=of, known=known))
    book = books.read(found[0])
    page = found[0].with_suffix(".html")
    say(text(book, books.earlier(settings, book)))
    typer.echo(str(page))
    if show:
        webbrowser.open(page.as_uri())
