"""All words of a table that may change its meaning: its header, notes, remarks, labels."""

from __future__ import annotations

from etl.ground.records import Recognised
from etl.normalise.column_words import column_findings
from etl.normalise.extracted import Extracted, Page
from etl.normalise.notes import Filed, note_findings
from etl.normalise.remarks import remark_findings
from etl.normalise.wordings import wording_findings


def word_findings(page: Page, out: Extracted, titles: list[str], recognised: Recognised) -> None:
    """The findings on a page's words, added to `out`."""
    filed = Filed(page.plan.layout.form, recognised.year, recognised.last_year, recognised.period)
    column_findings(page, out, titles, filed)
    note_findings(page, out, filed)
    remark_findings(page, out, filed)
    wording_findings(page, out, filed)
