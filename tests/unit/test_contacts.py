"""Contacts of offices (contacts.csv of a province's own folder): checked like the rest, and no row
that names a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.ground.config import ROOT
from tests.khoxa import khoxa

HEADER = "unit_code,office,agency_code,office_phone,office_email\n"
ROW = "066,Văn phòng UBND huyện,,0200 000 066,vp@example.org\n"


def lint(folder: Path, text: str) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "contacts.csv").write_text(text, encoding="utf-8")
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(folder))
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + ROW, "in order"),
        (HEADER + ROW + "066,Phòng Y tế,,,\n", "in order"),
        (HEADER + ROW.replace("066", "9x9", 1), "contacts.csv:2"),
        (HEADER + ROW.replace("0200 000 066", "gọi sau"), "the phone number of an office"),
        (HEADER + ROW.replace("vp@example.org", "vp.example.org"), "the address of an office"),
        (HEADER + ROW.replace("Văn phòng UBND huyện", "Ông Nguyễn Văn A"), "persons are not named"),
        (HEADER + ROW.replace(",,0200", ",labor_office,0200"), "labour_office"),
        (HEADER + ROW + ROW, "contacts.csv:3"),
        (HEADER.replace("office,", "office,họ tên,", 1) + ROW, "offices, no persons"),
        (HEADER.replace("office,", "office,contact_name,", 1) + ROW, "offices, no persons"),
    ],
)
def test_contacts_are_checked(tmp_path: Path, text: str, said: str) -> None:
    assert said in lint(tmp_path / "local", text)


def test_the_sample_is_fictitious() -> None:
    lines = (ROOT / "samples" / "local" / "contacts.csv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        assert "số liệu minh hoạ" in line and line.endswith("@example.org") and ",0200 00" in line
