"""A command typed wrong is answered in Vietnamese first, with one sentence and where to look."""

from __future__ import annotations

import pytest
import typer

from etl.cli.commands import app
from etl.cli.usage import is_usage, usage


def said(*words: str) -> str:
    try:
        typer.main.get_command(app)(list(words), standalone_mode=False, prog_name="khoxa")
    except Exception as error:
        assert is_usage(error)
        return usage(error)
    raise AssertionError("nothing is wrong with it")


@pytest.mark.parametrize(
    ("words", "sentence", "asked"),
    [
        (["check"], "khoxa: thiếu FILE... / Missing", "khoxa check"),
        (["form", "commune_report"], "khoxa: thiếu tuỳ chọn --unit / Missing", "khoxa form"),
        (["chek"], "khoxa: không có lệnh chek; có phải check? / No such", "khoxa"),
        (["zzzzzz"], "khoxa: không có lệnh zzzzzz / No such", "khoxa"),
        (["status", "--al"], "khoxa: không có tuỳ chọn --al; gần giống: --all", "khoxa status"),
        (["sql", "a", "b"], "khoxa: thừa: b / Got", "khoxa sql"),
        (["sql", "--as-of"], "khoxa: sau --as-of phải ghi một giá trị / Option", "khoxa"),
        (["sql", "a", "--csv=1"], "khoxa: --csv không kèm giá trị / Option", "khoxa"),
        (
            ["db", "url", "--role", "x"],
            "khoxa: --role: x không phải một trong khoxa_loader",
            "khoxa db url",
        ),
    ],
)
def test_what_is_wrong_is_said(words: list[str], sentence: str, asked: str) -> None:
    told = said(*words)
    assert told.startswith(sentence)
    assert told.splitlines()[-1] == f"Xem / see `{asked} --help`."


def test_in_english_by_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHOXA_LANG", "en")
    assert said("zzzzzz") == "khoxa: No such command 'zzzzzz'.\nSee `khoxa --help`."
