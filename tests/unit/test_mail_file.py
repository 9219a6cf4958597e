"""mail.yaml of a province: what it may say, and a slip is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.catalogue.mail_file import Reminders, mail_file
from etl.ground.config import ROOT
from etl.ground.errors import BrokenFile
from tests.khoxa import khoxa

GOOD = """\
from: hoso@tinh.example
office: {vi: "Tổ", en: "Team"}
since: 2025-01-01
"""


def test_the_sample_is_in_order() -> None:
    file = mail_file(ROOT / "samples" / "local")
    assert file is not None and file.sender == "hoso.giamngheo@example.org"
    assert file.reminders.steps == [-7, -1, 1, 7]


def test_without_the_file_there_is_none(tmp_path: Path) -> None:
    assert mail_file(tmp_path) is None and mail_file(None) is None


def test_steps_are_in_order_and_each_once() -> None:
    assert Reminders(before=(1, 7, 1), after=(3,)).steps == [-7, -1, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("from: hoso@tinh.example\n", ""), "from: thiếu mục này"),
        (GOOD.replace("hoso@tinh.example", '"Tổ <a@b.example>"'), "mail.yaml:1: from"),
        (GOOD.replace("2025-01-01", "soon"), "mail.yaml:3: since"),
        (GOOD + "password: x\n", "mail.yaml:4: password: không có mục này"),
        (GOOD + "reminders: {before: [0]}\n", "mail.yaml:4: reminders.before.0"),
        (GOOD + "weekly:\n  - {unit: '19', to: []}\n", "mail.yaml:5: weekly.0.to"),
        (GOOD + "from: b@x.example\n", "mail.yaml:4"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mail.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile) as error:
        mail_file(tmp_path)
    assert said in str(error.value)


def test_lint_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "local"
    folder.mkdir()
    (folder / "mail.yaml").write_text(GOOD + "form: x\n", encoding="utf-8")
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(folder))
    assert done.returncode == 1 and "local/mail.yaml:4: form" in done.stdout + done.stderr
