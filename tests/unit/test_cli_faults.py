"""A wrong path, address, day or code ends every command with a sentence, never a traceback."""

import os
from pathlib import Path

import pytest

from etl.cli import main

URLS = {
    "no URL": "kho",
    "another database": "mysql://khoxa@127.0.0.1/kho",
    "an unknown one": "kho://khoxa@127.0.0.1/kho",
    "a port in letters": "postgresql://khoxa@127.0.0.1:cong/kho",
    "nobody there": "postgresql://khoxa@127.0.0.1:1/kho",
    "half an address": "postgresql://[::1/kho",
}
ASKING = [
    ["status"], ["status", "--unit", "Kim Hỷ"], ["sql", "select 1"], ["report"], ["headers"],
    ["trace", "02146", "poverty_rate"], ["explain", "02146", "poverty_rate"], ["export"],
    ["db", "migrate"], ["run"], ["status", "--as-of", "2025-06-20"],
]  # fmt: skip
WRONG = [
    ["check", "{missing}"], ["check", "{folder}"], ["check", "{closed}"], ["check", "{file}/x"],
    ["check", "{pipe}"], ["check", "{file}", "--out", "{file}"], ["check", "\x00"],
    ["run", "--inbox", "{missing}"], ["run", "--inbox", "{file}"],
    ["run", "--received-at", "hôm qua"], ["status", "--as-of", "30/06/2025"],
    ["status", "--unit", "kim hy"], ["status", "--unit", ""], ["sql"], ["sql", "", "--as-of", "x"],
    ["form", "commune_report", "--unit", "Kim Hỷ", "--period", "quý"],
    ["form", "khong_co", "--unit", "02146", "--period", "2025-H1"],
    ["form", "commune_report", "--unit", "99999", "--period", "2025-H1"],
    ["form", "commune_report", "--unit", "Kim Hỷ", "--period", "2025-H1", "--out", "{folder}"],
    ["form", "commune_report", "--unit", "Kim Hỷ", "--period", "2025-H1", "--out", "{file}/a.xlsx"],
    ["report", "--out", "{file}"], ["report", "--year", "x"], ["export", "--out", "{file}"],
    ["unit", "import", "{missing}"], ["unit", "import", "{folder}"], ["unit", "import", "{file}"],
    ["unit", "Không có xã này"], ["unit", "Kim Hỷ", "--on", "hôm nay"],
    ["forms", "lint", "{missing}"], ["forms", "lint", "{folder}"], ["forms", "lint", "{file}"],
    ["forms", "show", "khong_co"], ["forms", "new", "--from", "{missing}", "--out", "x.yaml"],
    ["forms", "new", "--from", "{file}", "--out", "{folder}/x.yaml"],
    ["forms", "try", "{file}", "--from", "{file}"], ["db", "url", "--role", "ai"],
    ["airflow-cu"], ["headers", "accept"], ["explain", "kim hy", "poverty_rate"],
]  # fmt: skip


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """A file that is no workbook, a folder, a closed file, a pipe, and what is not there."""
    file, folder, closed, pipe = (tmp_path / n for n in ("tep.xlsx", "thu_muc", "kin.xlsx", "ong"))
    file.write_bytes(b"\xff\xfe\x00 not a workbook")
    folder.mkdir()
    closed.write_bytes(b"")
    closed.chmod(0)
    os.mkfifo(pipe)
    known = {"file": file, "folder": folder, "closed": closed, "pipe": pipe}
    return {**{n: str(p) for n, p in known.items()}, "missing": str(tmp_path / "khong_co")}


def ended(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> object:
    """What the command ends with; whatever else than an end is raised here."""
    monkeypatch.setattr("sys.argv", ["khoxa", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_word_is_answered_by_a_sentence(
    words: list[str],
    places: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KHOXA_WAREHOUSE_URL", "postgresql://khoxa@127.0.0.1:1/kho")
    monkeypatch.chdir(tmp_path)
    given = [word.format(**places) if "{" in word else word for word in words]
    code = ended(monkeypatch, given)
    said = "".join(capfd.readouterr())
    assert code not in (0, None), said
    assert said.strip() and "Traceback" not in said


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_a_wrong_address_of_the_warehouse_is_answered_by_a_sentence(
    words: list[str],
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path / "home"))
    for name in ("KHOXA_WAREHOUSE_URL", "KHOXA_OWNER_URL", "KHOXA_READER_URL"):
        monkeypatch.setenv(name, url)
    monkeypatch.chdir(tmp_path)
    code = ended(monkeypatch, words)
    said = "".join(capfd.readouterr())
    assert code not in (0, None), said
    assert "kho" in said and "Traceback" not in said


def test_a_home_that_is_a_file(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KHOXA_HOME", places["file"])
    monkeypatch.delenv("KHOXA_WAREHOUSE_URL", raising=False)
    assert ended(monkeypatch, ["db", "start"]) == 1
    assert places["file"] in "".join(capfd.readouterr())
