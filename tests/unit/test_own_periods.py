"""A form filed several times a year: proposed from one book, and known by words of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.period_forms import drawn
from tests.khoxa import khoxa

COLUMNS = ("Xã, thị trấn", "Số hộ được vay vốn")
ROWS = (("Xã Kim Hỷ", 10), ("Xã Văn Lang", 20), ("Tổng cộng", 30))
QUARTERS, WORDS = "periods: [quarter]", 'periods: {Q1: ["đợt 1"], Q2: ["đợt 2"]}'


def book(folder: Path, title: str, *below: str) -> Path:
    folder.mkdir(exist_ok=True)
    return drawn(folder / "bieu.xlsx", title, "", *((text,) for text in below), COLUMNS, *ROWS)


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The form that is proposed from the book of the first quarter."""
    folder = tmp_path_factory.mktemp("new")
    first = book(folder, "KẾT QUẢ HỖ TRỢ SINH KẾ QUÝ I NĂM 2025")
    form = folder / "local" / "forms" / "sinh_ke.yaml"
    form.parent.mkdir(parents=True)
    done = khoxa("forms", "new", "--from", first, "--out", form, KHOXA_LOCAL=str(folder / "local"))
    assert done.returncode == 0, done.stderr
    listed = (folder / "local" / "indicator.csv").read_text(encoding="utf-8")
    asked = "? đơn vị tính: …. "
    (folder / "local" / "indicator.csv").write_text(
        listed.replace(",unit,count,", ",household,count,").replace(asked, ""), encoding="utf-8"
    )
    return str(form)


def told(proposed: str, periods: str, path: Path) -> tuple[str, list[str], list[str]]:
    """How a book is read by the form with these periods: verdict, periods and what stops it."""
    form = Path(proposed)
    text = form.read_text(encoding="utf-8")
    kept = [line for line in text.split("\n") if not line.startswith(("periods", "heading"))]
    changed = "\n".join(kept).replace("\ntables:", f"\n{periods}\nfigures: of_period\ntables:")
    local = {"KHOXA_LOCAL": str(form.parents[1])}
    form.write_text(changed, encoding="utf-8")
    try:
        lint = khoxa("forms", "lint", **local)
        assert lint.returncode == 0, lint.stderr + changed
        (got,) = json.loads(khoxa("check", path, "--json", **local).stdout)
    finally:
        form.write_text(text, encoding="utf-8")
    fails = [f["rule"] for f in got["findings"] if f["severity"] == "fail"]
    return got["verdict"], [filing["period"] for filing in got["filings"]], fails


def test_the_proposal_says_how_it_becomes_a_form_of_all_quarters(
    proposed: str, tmp_path: Path
) -> None:
    text = Path(proposed).read_text(encoding="utf-8")
    assert f"# ? {QUARTERS}" in text and "periods: {Q1: []}" in text
    third = book(tmp_path, "KẾT QUẢ HỖ TRỢ SINH KẾ QUÝ III NĂM 2025")
    assert told(proposed, QUARTERS, third) == ("accepted", ["Q3"], [])


@pytest.mark.parametrize(
    ("title", "below", "verdict", "periods", "fails"),
    [("ĐỢT 1 NĂM 2025", (), "accepted", ["Q1"], []),
     ("ĐỢT 2 NĂM 2025", (), "accepted", ["Q2"], []),
     ("QUÝ II NĂM 2025 (ĐỢT 2)", (), "accepted", ["Q2"], []),
     # of both periods, of none, of another one below: nobody knows
     ("QUÝ I NĂM 2025 (ĐỢT 2)", (), "unreadable", [], ["period-missing"]),
     ("ĐỢT 3 NĂM 2025", (), "unreadable", [], ["period-missing"]),
     ("ĐỢT 12 NĂM 2025", (), "unreadable", [], ["period-missing"]),
     ("ĐỢT 1 NĂM 2025", ("(Đợt 2)",), "rejected", ["Q1"], ["title-words"])],
)  # fmt: skip
def test_words_of_the_form_s_own_name_its_periods(
    proposed: str, tmp_path: Path, title: str, below: tuple[str, ...], verdict: str,
    periods: list[str], fails: list[str],
) -> None:  # fmt: skip
    path = book(tmp_path, f"KẾT QUẢ HỖ TRỢ SINH KẾ {title}", *below)
    assert told(proposed, WORDS, path) == (verdict, periods, fails)
