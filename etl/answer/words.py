"""What a mail calls the state of a file and the place of a finding."""

from __future__ import annotations

from etl.answer.filed import FileSaid
from etl.answer.letters import one_line
from etl.catalogue.rules import RenderedFinding

_STATES = {  # kind, and whether something of it has to be filed again
    ("filed", False): ("ĐÃ NHẬN", "RECEIVED"),
    ("filed", True): ("TRẢ LẠI", "RETURNED"),
    ("again", False): ("ĐÃ NHẬN TRƯỚC ĐÓ", "RECEIVED BEFORE"),
    ("again", True): ("ĐÃ TRẢ LẠI TRƯỚC ĐÓ, nội dung chưa sửa", "RETURNED BEFORE, not mended"),
    ("beside", False): ("VĂN BẢN KÈM THEO", "GOES WITH IT"),
    ("not_taken", True): ("KHÔNG NHẬN ĐƯỢC", "NOT TAKEN"),
    ("not_theirs", False): ("CHỜ XEM XÉT", "WAITING"),
}


def state(file: FileSaid, language: str) -> str:
    """What became of a file, in `vi` or `en`."""
    return _STATES[file.kind, file.is_rejected][language == "en"]


def place(finding: RenderedFinding) -> str:
    """Where a finding is: "Trang “Chỉ tiêu”, ô D10: ", without the cell where the
    sentence names it; "" where it is about the file."""
    sheet = f"Trang “{one_line(finding.sheet)}”" if finding.sheet else ""
    is_named = finding.cell in finding.message_vi
    cell = f"ô {one_line(finding.cell)}" if finding.cell and not is_named else ""
    told = ", ".join(part for part in (sheet, cell) if part)
    return f"{told}: " if told else ""
