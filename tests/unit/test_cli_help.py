"""Help in Vietnamese by setting, the version, completion, and units by name."""

import subprocess
import sys

import pytest
import typer.main

from etl.cli import helping, main
from etl.cli.commands import app
from etl.ground.config import ROOT
from etl.ground.errors import BadValue
from etl.units.asked import alike, code_meant
from etl.units.index import load_units


def said(*words: str, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    code = "import sys; sys.argv[0] = 'khoxa'; from etl.cli import main; main()"
    settings = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **(env or {})}
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)


def test_every_help_text_has_a_vietnamese_one_and_none_is_left_over() -> None:
    used = {helping._flat(each.help) for each in helping._tree(typer.main.get_command(app))}
    assert used == {helping._flat(pair["en"]) for pair in helping.pairs()}


def test_help_is_vietnamese_unless_english_is_set() -> None:
    assert "Các tệp cần kiểm tra" in said("check", "--help").stdout
    english = said("check", "--help", env={"KHOXA_LANG": "en"}).stdout
    assert "Workbooks to check" in english and "Các tệp" not in english
    assert "Show this message" not in said("check", "--help").stdout
    wrong = said("check", "--help", env={"KHOXA_LANG": "fr"})
    assert wrong.returncode == 2 and "KHOXA_LANG" in wrong.stderr


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["khoxa", "--version"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code in (0, None)
    assert capsys.readouterr().out.startswith("khoxa ")


def test_completion_answers_as_the_shell_asks() -> None:
    env = {"_KHOXA_COMPLETE": "complete_bash", "COMP_WORDS": "khoxa sta", "COMP_CWORD": "1"}
    assert said(env=env).stdout.split() == ["status"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xã Kim Hỷ", "02146"), ("Kim Hỷ", "02146"), ("kim hỷ, Na Rì", "02146"),
        ("02146", "02146"), ("Huyện Na Rì", "066"), ("Xã Văn Lang, Na Rì", "02140"),
    ],
)  # fmt: skip
def test_an_exact_name_is_its_code(text: str, code: str) -> None:
    assert code_meant(load_units(), text) == code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kim hy", "Xã Kim Hỷ, Huyện Na Rì, Tỉnh Bắc Kạn (02146)"),
        ("xa van lang, na ri", "Xã Văn Lang, Huyện Na Rì, Tỉnh Bắc Kạn (02140)"),
        ("Na Rì", "Huyện Na Rì, Tỉnh Bắc Kạn (066); Xã Na Rì, Tỉnh Thái Nguyên (02155)"),
    ],
)
def test_a_name_that_is_not_one_unit_is_never_taken(text: str, told: str) -> None:
    with pytest.raises(BadValue) as refused:
        code_meant(load_units(), text)
    assert told in str(refused.value)


def test_names_without_marks_stay_in_the_district_named() -> None:
    near = alike(load_units(), "van lang, na ri")
    assert {unit.code for unit in near} == {"02140"}
