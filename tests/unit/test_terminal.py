"""What filers wrote is shown on a terminal and in a CSV file, and acts on neither."""

from __future__ import annotations

import logging
from io import StringIO

import pytest

from etl.cli import main
from etl.cli.report_text import print_table
from etl.cli.terminal import Terminal, as_cell, say
from etl.ground.errors import KhoxaError

HOSTILE = "\x1b]0;pwned\x07\x1b[2J[/x][bold]Kim Hỷ[link=x]\u202exslx\x9b31m\ud800"


def printed(*, is_terminal: bool) -> str:
    out = StringIO()
    console = Terminal(file=out, width=200, force_terminal=is_terminal, color_system=None)
    console.print(f"{HOSTILE}: BỊ TRẢ LẠI")
    print_table(console, "", ["tệp"], [[HOSTILE]])
    return out.getvalue()


def test_a_pipe_has_room_for_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    widths = [{}, {"piped": 140}, {"width": 60}]
    assert [Terminal(file=StringIO(), **each).width for each in widths] == [180, 140, 60]
    monkeypatch.setenv("COLUMNS", "100")
    assert Terminal(file=StringIO()).width == 100


@pytest.mark.parametrize("is_terminal", [True, False])
def test_brackets_and_escapes_are_shown(is_terminal: bool) -> None:
    said = printed(is_terminal=is_terminal)
    assert said.count("[/x][bold]Kim Hỷ[link=x]") == 2
    assert "]0;pwned" in said and "[2J" in said
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\ud800"} & set(said)


def test_so_are_errors_log_lines_and_plain_sentences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_options: object) -> None:
        raise KhoxaError(HOSTILE)

    monkeypatch.setattr("etl.cli.commands.spoken", lambda _command: fails)
    with pytest.raises(SystemExit):
        main()
    say(HOSTILE)
    record = logging.LogRecord("etl", logging.WARNING, "x.py", 1, "%s: lạ", (HOSTILE,), None)
    assert logging.lastResort is not None and logging.lastResort.formatter is not None
    said = "".join(capsys.readouterr()) + logging.lastResort.format(record)
    assert said.count("[/x][bold]Kim Hỷ[link=x]") == 3
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\ud800"} & set(said)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_is_no_formula_of_a_csv_file(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, 2.5, None, "-", "Xã Kim Hỷ", "a=b", "", "1.337"])
def test_what_is_no_formula_stays(value: object) -> None:
    assert as_cell(value) is value
