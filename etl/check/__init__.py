"""Room: judge every figure of a night's filings by the rules of expectations/*.yaml.

Door: `check`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from etl.catalogue.rules import COMMON, Rule, load_rules
from etl.check.frames import FormBatch, split
from etl.check.recomputed import frame_of
from etl.check.report import Reporter
from etl.ground.errors import BrokenRule
from etl.ground.records import Batch, Finding

if TYPE_CHECKING:
    from etl.check.suites import Session

log = logging.getLogger(__name__)
_ADDRESS = re.compile(r"^([A-Z]+)(\d+)$")


def check(batch: Batch, docs_dir: Path | None = None) -> list[Finding]:
    """All findings on the batch's figures, in order of filing, sheet, row and column.

    Every offending cell gets one, and forms that are not in the batch cost nothing. With
    `docs_dir` this run's Data Docs are written there.
    A rule of one form that cannot judge, whatever the data, stops the filings of that form, each
    with a finding. Raises BrokenRule naming file and rule: one that is for all forms.
    """
    findings: list[Finding] = []
    for part in split(batch):
        from etl.check.suites import Session

        session = Session(part.form)
        try:
            findings.extend(list(_judge(session, part, Reporter(part, batch.filings))))
        except BrokenRule as error:
            if load_rules()[error.rule].suite == COMMON:
                raise
            log.error("%s", error)
            findings.extend(_unjudged(part, error))
            continue
        if docs_dir is not None:
            from etl.check.docs import write_docs

            write_docs(session, docs_dir)
    return sorted(findings, key=_place)


def _unjudged(part: FormBatch, error: BrokenRule) -> Iterator[Finding]:
    """What the filers of a form hear whose rules are broken."""
    title = part.form.title
    line = str(error.line or "…")
    params = {"form_vi": title.vi, "form_en": title.en, "file": error.file, "line": line}
    for number in part.filing_ids:
        yield Finding(int(number), "form-broken", seen=title.vi, params=tuple(params.items()))


def _judge(session: Session, part: FormBatch, reporter: Reporter) -> Iterator[Finding]:
    by_frame: dict[str, list[Rule]] = {}
    for rule in load_rules().values():
        if rule.frame is not None and rule.suite in (COMMON, part.form.form, part.form.tables_from):
            by_frame.setdefault(rule.frame, []).append(rule)
    for name, rules in by_frame.items():
        frame = frame_of(part, rules[0])
        for rule, data, rows in session.offending(name, frame, rules):
            yield from reporter.findings(rule, frame, data, rows)


def _place(finding: Finding) -> tuple[int, str, int, str, str]:
    """Filing, sheet, row, column (B before AA), rule."""
    address = _ADDRESS.match(finding.cell)
    column, row = (address[1], int(address[2])) if address else ("", 0)
    return finding.filing_id, finding.sheet, row, f"{len(column)}{column}", finding.rule
