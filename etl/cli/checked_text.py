"""What `khoxa check` prints: Vietnamese first, plain when not a terminal."""

from __future__ import annotations

from rich.console import Console

from etl.catalogue.alike import alike
from etl.ground.yaml_file import sentence
from etl.night.offline import Checked


def print_checked(console: Console, results: list[Checked]) -> None:
    """What would happen to each file, and every finding on it."""
    verdicts = ("ĐƯỢC NHẬN / accepted", "BỊ TRẢ LẠI / rejected", "KHÔNG ĐỌC ĐƯỢC / unreadable")
    for result in results:
        console.print(f"{result.name}: {verdicts[result.exit_code]}", highlight=False)
        for receipt in result.receipts:
            console.print(f"  {receipt}", highlight=False, markup=False)
        for group in alike(result.findings):
            finding = group.first
            place = " ".join(part for part in (finding.sheet, finding.cell) if part)
            mark = "LỖI" if finding.severity == "fail" else "CẢNH BÁO"
            console.print(f"  [{mark}] {place}: {finding.message_vi}{group.more_vi}", markup=False)
            console.print(f"      → {finding.fix_vi}", markup=False)
        if result.marked:
            console.print(f"  → {result.marked}", highlight=False)
    console.print(sentence(__file__, "not_compared"))
