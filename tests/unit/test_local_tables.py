"""Rows and lists of a province that contradict themselves or what ships are told by their line;
what Excel saves behind and before a table is none of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from etl.ground.seeds import seed_columns
from tests.khoxa import khoxa

ROW = {
    "name_vi": "Số mới", "name_en": "New", "unit_of_measure": "household", "kind": "count",
    "timing": "stock", "direction": "up", "decimals": "0", "definition_vi": "Đ",
    "definition_en": "D",
}  # fmt: skip
RATE = {"kind": "rate", "unit_of_measure": "pct"}
# each on a line of its own, from line 2 on, and words of what is told (none: it is in order)
ROWS: list[tuple[dict[str, str], str]] = [
    ({}, ""),
    (RATE | {"numerator_code": "poor_households", "denominator_code": "households"}, ""),
    (RATE, ""),  # only the rate is known
    (RATE | {"numerator_code": "poor_households"}, "“denominator_code” còn trống"),
    (RATE | {"numerator_code": "x5", "denominator_code": "households"}, "nêu chính dòng này"),
    (RATE | {"numerator_code": "x7", "denominator_code": "households"}, "phải là count"),
    (RATE | {"numerator_code": "x6", "denominator_code": "households"}, "phải là count"),
    (RATE | {"numerator_code": "poverty_rate", "denominator_code": "households"}, "phải là count"),
    (RATE | {"numerator_code": "households", "denominator_code": "households"}, "giống nhau"),
    ({"numerator_code": "poor_households", "denominator_code": "households"}, "kind: rate"),
    ({"merger": "weighted_mean"}, "“weighted_by” còn trống"),
    ({"weighted_by": "households"}, "merger: weighted_mean"),
    ({"merger": "weighted_mean", "weighted_by": "nowhere"}, "không có mã “nowhere”"),
    ({"merger": "weighted_mean", "weighted_by": "poverty_rate"}, "phải là count"),
    ({"merger": "weighted_mean", "weighted_by": "x15"}, "nêu chính dòng này"),
    ({"fall_of": "x16"}, "nêu chính dòng này"),
    ({"decimals": "1.5"}, "từ 0 đến 6"), ({"decimals": "-1"}, "từ 0 đến 6"),
    ({"jump_pct": "-5"}, "từ 0 trở lên"),
    ({"indicator_code": "số_mới"}, "không phải mã"),
]  # fmt: skip
LISTS = {
    "units_of_measure": [
        ('well: {vi: "hộ", en: "w", decimals: 0, kind: count}', "đã chỉ “household”"),
        ('house_new: {vi: "nhà ống", en: "h", decimals: yes, kind: count}', "từ 0 đến 6"),
        ('"giếng khoan": {vi: "giếng khoan", en: "w", decimals: 0, kind: count}', "chữ không dấu"),
        ('plank: {vi: "tấm ván", en: "p", decimals: 0, kind: count}', ""),
    ],
}


def _table(rows: list[dict[str, str]], *, first: str = "", last: str = "") -> str:
    out = io.StringIO()
    out.write(first)
    columns = seed_columns("indicator")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, start=1):
        writer.writerow(ROW | {"indicator_code": f"x{number}"} | row)
    return out.getvalue().replace("\n", last + "\n")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What `khoxa forms lint` says of a folder with all of them."""
    local = tmp_path_factory.mktemp("tables") / "local"
    lists = local / "forms" / "lists"
    lists.mkdir(parents=True)
    (local / "indicator.csv").write_text(_table([row for row, _ in ROWS]), encoding="utf-8")
    for name, lines in LISTS.items():
        text = "".join(f"{line}\n" for line, _words in lines)
        (lists / f"{name}.yaml").write_text(text, encoding="utf-8")
    (lists / "yes_no.yaml").write_text('"yes": ["Không"]\n"maybe": ["có lẽ"]\n', encoding="utf-8")
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(local))
    assert done.returncode == 1 and not done.stderr, done.stderr
    return done.stdout.split("\n")


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_a_row_is_told_by_its_line(number: int, said: list[str]) -> None:
    start, words = f"local/indicator.csv:{number + 2}:", ROWS[number][1]
    own = [line for line in said if line.startswith(start)]
    assert bool(own) == bool(words), own
    assert not words or any(words in line for line in own), own


def test_an_entry_of_a_list_is_told_by_its_line(said: list[str]) -> None:
    for name, lines in LISTS.items():
        for number, (_line, words) in enumerate(lines, start=1):
            start = f"local/forms/lists/{name}.yaml:{number}:"
            own = [line for line in said if line.startswith(start)]
            assert bool(own) == bool(words), own
            assert not words or words in own[0], own


def test_a_word_is_no_yes_and_no(said: list[str]) -> None:
    own = [line for line in said if line.startswith("local/forms/lists/yes_no.yaml:")]
    assert any("“không” vừa là yes vừa là no" in line for line in own), own
    assert any("“maybe”" in line for line in own), own


@pytest.mark.parametrize(
    "text",
    [
        _table([{}], last=",,"), _table([{}], first="sep=,\n"),
        "\ufeff" + _table([{}]).replace("\n", "\r\n"), _table([{}]).replace(",", ";"),
        _table([{}]) + "\n,,,\n",
    ],
)  # fmt: skip
def test_what_excel_saves_is_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "local" / "indicator.csv"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8", newline="")
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(path.parent))
    assert done.returncode == 0, done.stdout
