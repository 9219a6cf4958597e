"""Draw the pictures of docs/huong-dan-cho-xa.md, and README's of a returned workbook, from real
files: `python -m tools.draw_guide`.

Needs LibreOffice (soffice), poppler and Chromium. Figures in the pictures are invented.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.properties import PageSetupProperties

from etl.blank import draw_form
from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.config import ROOT, Settings
from etl.ground.records import ReceivedFile
from etl.night.offline import check_files
from etl.night.one_file import give_back, understand

PICTURES = ROOT / "docs" / "pictures"
FILED = ROOT / "samples" / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
RETURNED = ROOT / "samples" / "inbox" / "bao_cao_6_thang_2025_van_lang_lan_2.xlsx"
_LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi-VN</value></prop></item></oor:items>
"""  # numbers as people here write them
NEEDED = ("soffice", "pdftoppm", "pdfinfo", "chromium")
ADDRESS = "baocao@example.org"


def main() -> int:
    """Draw all pictures."""
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        print(f"not installed: {', '.join(missing)}")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank, returned = folder / "bieu_trong.xlsx", folder / "tra_lai.xlsx"
        settings = replace(
            Settings.from_env(), home=folder, warehouse_url=None, filing_address=ADDRESS
        )
        draw_form(settings, "commune_report", "02146", "2025-H1", blank)
        _return(folder, returned)
        _draw(blank, 1, "huong_dan_bieu_trong")
        _draw(blank, _pages(blank), "huong_dan_cach_gui")
        _draw(returned, 1, "huong_dan_ket_qua")
        _draw(returned, 2, "huong_dan_o_do")
        _draw_returned(folder)
    return 0


def _draw_returned(folder: Path) -> None:
    """README's picture: the first sheet of a returned report, and the report below it."""
    filed = _printable(RETURNED, folder)
    (checked,) = check_files([filed], folder / "returns")
    assert checked.marked
    for page in (1, 2):
        _draw(checked.marked, page, str(folder / f"page{page}"))
    shown = "".join(
        f'<div style="height:{height}px;overflow:hidden"><img src="page{page}.png"></div>'
        for page, height in ((1, 320), (2, 520))
    )
    (folder / "both.html").write_text(f'<body style="margin:0">{shown}', encoding="utf-8")
    size = "--window-size=940,840"
    command = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", size]
    path = PICTURES / "tep_tra_lai.png"
    page = (folder / "both.html").as_uri()
    subprocess.run([*command, f"--screenshot={path}", page], check=True)


def _printable(book: Path, folder: Path) -> Path:
    """A copy of a filed workbook whose sheets print one page wide, so that one can be drawn."""
    copy = load_workbook(book)
    for sheet in copy.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
    copy.save(folder / book.name)
    return folder / book.name


def _return(folder: Path, path: Path) -> None:
    """The report of a commune with a blank and a number that is none, as it comes back."""
    filed = _printable(FILED, folder)
    book = load_workbook(filed)
    book["Chỉ tiêu"]["D10"], book["Chỉ tiêu"]["D12"] = "khoảng 120", None
    book.save(filed)
    received = ReceivedFile(1, filed.name, str(filed))
    rules = load_rules()
    filings, _corrected = understand(received, {})
    found = [render(f, rules[f.rule]) for filing in filings for f in filing.findings]
    give_back(received, found, path)


def _pages(book: Path) -> int:
    told = subprocess.check_output(["pdfinfo", str(_pdf(book))], text=True)
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


def _pdf(book: Path) -> Path:
    """The workbook as LibreOffice prints it, made once."""
    path = book.with_suffix(".pdf")
    if not path.exists():
        profile = book.parent / "profile"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_LOCALE, encoding="utf-8")
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        env = {**os.environ, "HOME": str(book.parent)}
        subprocess.run([*command, "--outdir", str(book.parent), str(book)], check=True, env=env)
    return path


def _draw(book: Path, page: int, name: str) -> None:
    """One page of a workbook as docs/pictures/NAME.png."""
    numbers = ["-f", str(page), "-l", str(page), "-singlefile"]
    command = ["pdftoppm", "-png", "-r", "80", *numbers, str(_pdf(book)), str(PICTURES / name)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
