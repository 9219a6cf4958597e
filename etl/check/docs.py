"""Data Docs: what Great Expectations found, as static pages that anyone can open: of the rules of
every form, and of each form's own rules."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
from great_expectations.render.view.view import DefaultJinjaPageView

from etl.catalogue.forms import Bilingual, load_forms
from etl.catalogue.rules import COMMON
from etl.check.suites import Session

_EVERY_FORM = Bilingual(vi="Quy tắc chung cho mọi biểu", en="Rules for every form")
# Great Expectations' page leads to the list five folders above it
_RUN = "{session}/{frame}/latest/run/page.html"
_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>khoxa: Data Docs</title></head>
<body>
<h1>Kết quả kiểm tra mới nhất / Latest checks</h1>
<ul>
{links}
</ul>
</body>
</html>
"""


def write_docs(sessions: list[Session], folder: Path) -> None:
    """Write each session's validations to folder/NAME, instead of the earlier ones of that name;
    one without any leaves none.

    A form that is not in tonight's batch keeps its pages: those of its latest run.
    folder/index.html links to all. Two nights at once write one after the other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        run = RunIdentifier(run_time=datetime.now(UTC))
        for session in sessions:
            fresh = folder / f".{session.name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            if session.results:
                _write_pages(session, run, fresh)
            shutil.rmtree(folder / session.name, ignore_errors=True)
            if session.results:
                fresh.rename(folder / session.name)
        _write_index(folder)


def _write_pages(session: Session, run: RunIdentifier, folder: Path) -> None:
    """A page a frame: each expectation with what it found; and their list. A site of Great
    Expectations' own would copy its fonts and pictures for each form, which no page needs."""
    links = []
    for frame, result in session.results.items():
        result.meta["run_id"] = run
        page = folder / "validations" / _RUN.format(session=session.name, frame=frame)
        page.parent.mkdir(parents=True)
        told = _view().render(_renderer().render(result), show_how_to_buttons=False)
        page.write_text(told, encoding="utf-8")
        held = f"{sum(bool(one.success) for one in result.results)}/{len(result.results)}"
        links.append(
            f'<li><a href="{page.relative_to(folder)}">{escape(frame)}</a>: {held}'
            " quy tắc không thấy lỗi / rules found nothing</li>"
        )
    (folder / "index.html").write_text(_PAGE.format(links="\n".join(links)), encoding="utf-8")


@lru_cache(maxsize=1)
def _view() -> Any:
    """Great Expectations' page; its templates are compiled once."""
    return DefaultJinjaPageView()


@lru_cache(maxsize=1)
def _renderer() -> Any:
    return ValidationResultsPageRenderer()


def _write_index(folder: Path) -> None:
    titles = {COMMON: _EVERY_FORM}
    titles |= {f"{form.form}_{form.version}": form.title for form in load_forms().values()}
    links = "\n".join(
        f'<li><a href="{name}/index.html">{escape(title.vi)} / {escape(title.en)}</a></li>'
        for name, title in titles.items()
        if (folder / name / "index.html").exists()
    )
    (folder / "index.html").write_text(_PAGE.format(links=links), encoding="utf-8")
