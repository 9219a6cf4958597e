"""`khoxa run` on an inbox that is not there says so, and makes no folder of that name."""

import sys
from pathlib import Path

import pytest

from etl.cli import main


@pytest.mark.parametrize("inbox", ["hop_nhan_sai", "file:///hop_nhan_sai"])
def test_a_wrong_inbox_is_named(
    inbox: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("KHOXA_INBOX", inbox)
    monkeypatch.setattr(sys, "argv", ["khoxa", "run"])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr().err
    assert end.value.code == 2 and said.startswith(f"khoxa: KHOXA_INBOX {inbox}: không có thư mục")
    assert not list(tmp_path.iterdir())
