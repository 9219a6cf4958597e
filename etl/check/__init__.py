"""Room: judge every figure of a night's filings by the rules of expectations/*.yaml.

Door: `check`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import COMMON
from etl.check.frames import FormBatch, split
from etl.ground.addresses import place_of
from etl.ground.errors import BrokenRule
from etl.ground.records import Batch, Finding

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
log = logging.getLogger(__name__)
logging.getLogger("great_expectations").setLevel(logging.WARNING)  # hundreds of lines of its own


def check(batch: Batch, docs_dir: Path | None = None) -> list[Finding]:
    """All findings on the batch's figures, in order of filing, sheet, row and column.

    Every offending cell gets one. Rules of every form judge all forms at once; forms that are not
    in the batch, or have no rules of their own, cost nothing more. With `docs_dir` this run's
    Data Docs are written there.
    A rule of one form that cannot judge, whatever the data, stops the filings of that form, each
    with a finding. Raises BrokenRule naming file and rule: one that is for all forms.
    """
    forms = list(split(batch))
    if not forms:
        return []
    from etl.check.lean import import_engine

    import_engine()
    from etl.check.joint import Part, judge
    from etl.check.suites import Session

    parts = [Part(form, batch.filings) for form in forms]
    rules = [rule for rule in load_rules().values() if rule.frame is not None]
    sessions = [Session(COMMON)]
    judge(sessions[0], parts, [rule for rule in rules if rule.suite == COMMON])
    for part in parts:
        session, form = Session(part.name), part.batch.form
        own = [rule for rule in rules if rule.suite in (form.form, form.tables_from)]
        try:
            judge(session, [part], own)
        except BrokenRule as error:
            log.error("%s", error)
            part.findings = list(_unjudged(part.batch, error))
            continue
        sessions.append(session)
    findings = sorted((finding for part in parts for finding in part.findings), key=_place)
    if docs_dir is not None:
        from etl.check.docs import write_docs

        write_docs(sessions, findings, batch, docs_dir)
    return findings


def _unjudged(part: FormBatch, error: BrokenRule) -> Iterator[Finding]:
    """What the filers of a form hear whose rules are broken."""
    title = part.form.title
    line = str(error.line or "…")
    params = {"form_vi": title.vi, "form_en": title.en, "file": error.file, "line": line}
    for number in part.filing_ids:
        yield Finding(int(number), "form-broken", seen=title.vi, params=tuple(params.items()))


def _place(finding: Finding) -> tuple[int, str, int, int, str]:
    """Filing, sheet, row, column, rule."""
    row, column = place_of(finding.cell) or (-1, -1)
    return finding.filing_id, finding.sheet, row, column, finding.rule
