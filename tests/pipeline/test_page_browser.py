"""A unit's page in a real browser, without a network."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from tests.pipeline.conftest import Printed

MEASURE = """<script>
onload = () => document.title = [...document.querySelectorAll("iframe")].map(frame => {
  const page = frame.contentDocument, drawings = [...page.querySelectorAll("svg")];
  const seen = drawings.map(drawing => drawing.clientWidth).filter(width => width > 0);
  return [frame.contentWindow.innerWidth, page.documentElement.scrollWidth, seen.length,
    drawings.length, Math.max(...seen)].join();
}).join(";");
</script>"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def browse(page: Path, profile: Path, *options: str) -> subprocess.CompletedProcess:
    assert CHROMIUM
    return subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
         f"--user-data-dir={profile}", *options, page.as_uri()],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")
def test_a_browser_opens_it_without_a_network(printed: Printed, tmp_path: Path) -> None:
    bac_ha = printed("085", 2023)["trang_085_2023.html"]
    opened = browse(bac_ha, tmp_path / "a", "--dump-dom")
    assert opened.returncode == 0 and "CONSOLE" not in opened.stderr
    assert "HUYỆN BẮC HÀ" in opened.stdout
    frames = "".join(
        f'<iframe width="{width}" height="900" style="border:0" srcdoc="{escape(html)}"></iframe>'
        for html in [bac_ha.read_text(encoding="utf-8")]
        for width in (390, 1200)
    )
    measuring = tmp_path / "measuring.html"
    measuring.write_text(f"<!DOCTYPE html><title></title>{frames}{MEASURE}", encoding="utf-8")
    dumped = browse(measuring, tmp_path / "b", "--dump-dom")
    found = re.search(r"<title>([\d,;]+)</title>", dumped.stdout)
    for width, figures in zip((390, 1200), found[1].split(";"), strict=True):
        inner, scroll, seen, drawn, widest = map(int, figures.split(","))
        assert inner == width and scroll <= inner and 300 < widest <= inner
        assert seen * 2 == drawn > 0  # of each pair one shows
