"""Data Docs: what Great Expectations found, as static pages that open without a network: of the
rules of every form, and of each form's own rules, night by night.

Great Expectations' own renderer asks ten hosts for its styles and scripts and speaks English alone;
these pages are made of the same results and need nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from fcntl import LOCK_EX, flock
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template

from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.forms import Bilingual
from etl.catalogue.rules import COMMON, render
from etl.check.suites import Session
from etl.ground.clock import now
from etl.ground.config import kept_nights
from etl.ground.records import Batch, Finding
from etl.ground.templates import environment
from etl.ground.whole_file import closed_folder

_EVERY_FORM = Bilingual(vi="Quy tắc chung cho mọi biểu", en="Rules for every form")


def write_docs(
    sessions: list[Session], findings: list[Finding], batch: Batch, folder: Path
) -> None:
    """Write a page for each session of this night to folder/NIGHT/NAME.html, and lists of them.

    folder/index.html leads to the nights, the newest first; of earlier ones the last
    (ground.config.kept_nights) stay. Two nights at once write one after the other.
    """
    closed_folder(folder)
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        began = now()
        fresh = folder / ".new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        pages = [_page(session, findings, batch, began) for session in sessions]
        pages = [page for page in pages if page["rules"]]
        for page in pages:
            told = _template("data_docs_page.html").render(page)
            (fresh / page["file"]).write_text(told, encoding="utf-8")
        told = _template("data_docs_night.html").render(began=began, pages=pages)
        (fresh / "index.html").write_text(told, encoding="utf-8")
        shutil.rmtree(night := folder / f"{began:%Y-%m-%d_%H%M%S}", ignore_errors=True)
        fresh.rename(night)
        _list_nights(folder)


def _list_nights(folder: Path) -> None:
    nights = sorted((path for path in folder.glob("2*") if path.is_dir()), reverse=True)
    for old in nights[kept_nights() :]:
        shutil.rmtree(old)
    kept = [
        (path.name, datetime.strptime(path.name, "%Y-%m-%d_%H%M%S"))
        for path in nights[: kept_nights()]
    ]
    told = _template("data_docs.html").render(nights=kept)
    (folder / "index.html").write_text(told, encoding="utf-8")


def _page(
    session: Session, findings: list[Finding], batch: Batch, began: datetime
) -> dict[str, Any]:
    """What the page of a session shows: its rules with what each found, and every finding."""
    rules = list(_rules(session))
    named = {row["rule"].rule for row in rules}
    forms = batch.filings.set_index("filing_id")
    own = forms["form"].astype(str) + "_" + forms["form_version"].astype(str)
    files = forms["file"].to_dict() if "file" in forms else {}
    of_session = [
        finding for finding in findings
        if finding.rule in named and session.name in (COMMON, own[finding.filing_id])
    ]  # fmt: skip
    return {
        "title": _titles().get(session.name, Bilingual(vi=session.name, en=session.name)),
        "file": f"{session.name}.html",
        "began": began,
        "rules": rules,
        "held": sum(row["found"] == 0 for row in rules),
        "findings": [
            (
                _titles()[own[finding.filing_id]],
                files.get(finding.filing_id, f"{finding.filing_id:016x}"),
                render(finding, load_rules()[finding.rule]),
            )
            for finding in of_session
        ],
    }


def _rules(session: Session) -> Iterator[dict[str, Any]]:
    """Each expectation that was validated: the rule, the frame, rows judged and rows found."""
    for frame, validated in session.results.items():
        for result in validated.results:
            rule = load_rules()[result.expectation_config.meta["rule"]]
            ((name, arguments),) = (rule.expect or {"": {}}).items()
            yield {
                "rule": rule,
                "frame": frame,
                "expectation": name,
                "arguments": ", ".join(f"{key}: {value}" for key, value in arguments.items()),
                "judged": result.result.get("element_count") or 0,
                "found": result.result.get("unexpected_count") or 0,
            }


def _titles() -> dict[str, Bilingual]:
    return {COMMON: _EVERY_FORM} | {
        f"{form.form}_{form.version}": form.title for form in load_forms().values()
    }


@lru_cache(maxsize=4)
def _template(name: str) -> Template:
    """A template of this room: everything that came from outside is escaped."""
    return environment(__file__, is_html=True).get_template(name)
