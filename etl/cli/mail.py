"""`khoxa mail`: what was written to whom, what waits, what could not be sent."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.ground import database
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.yaml_file import sentence

mail = typer.Typer(help="Answers and reminders: what was sent, what waits, what could not be sent.")
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Of `khoxa mail list`.")]


class NoSuchMail(KhoxaError):
    """A number that no mail has, or that cannot be tried again."""


@mail.command("list")
def listed(
    most: Annotated[int, typer.Option("--most", min=1, help="How many, the newest first.")] = 40,
) -> None:
    """List mails, the newest first."""
    from etl.cli.report_text import in_words, print_table
    from etl.cli.terminal import Terminal

    with database.asking(Settings.from_env()) as connection:
        result = database.ask(connection, "answer/list", most=most)
        columns = list(result.keys())
        rows = [in_words(columns, row) for row in result]
    print_table(Terminal(soft_wrap=True), "", columns, rows)


@mail.command()
def show(number: Number) -> None:
    """Show one mail: to whom, when, and its text."""
    from etl.cli.report_text import in_words
    from etl.cli.terminal import harmless

    with database.asking(Settings.from_env()) as connection:
        row = database.ask(connection, "answer/show", mail_no=number).one_or_none()
    if row is None:
        raise NoSuchMail(f"không có thư số {number} / there is no mail {number}")
    *about, body = zip(row._fields, in_words(row._fields, row), strict=True)
    for name, value in about:
        if value not in (None, ""):
            typer.echo(harmless(f"{name}: {value}"))
    typer.echo(f"\n{harmless(str(body[1]))}")


@mail.command()
def retry(
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="Default: all.")] = None,
) -> None:
    """Let mails that were given up, or that wait, be tried again by the next run, under their old
    Message-ID."""
    with database.engine(Settings.from_env()).begin() as connection:
        done = database.run(connection, "answer/retry", mail_no=number, now=now())
    if number is not None and not done:
        raise NoSuchMail(sentence(__file__, "no_mail_left", number=number))
    typer.echo(f"{done} thư sẽ được gửi lại ở lượt sau / mails are tried again by the next run")


@mail.command()
def write() -> None:
    """Compose what is due now and write it to KHOXA_HOME/mails; sends nothing over the network."""
    from etl.night import chain

    done = chain.answer(Settings.from_env())
    typer.echo(f"{done.get('written', 0)} thư → {Settings.from_env().mails_dir}")
