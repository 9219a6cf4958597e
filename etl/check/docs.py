"""Data Docs: what Great Expectations found, as static sites that anyone can open: one of
the rules of every form, and one of each form's own rules."""

from __future__ import annotations

import shutil
from fcntl import LOCK_EX, flock
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from great_expectations.render.view.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import Environment

from etl.catalogue.forms import Bilingual, load_forms
from etl.catalogue.rules import COMMON
from etl.check.suites import Session

_EVERY_FORM = Bilingual(vi="Quy tắc chung cho mọi biểu", en="Rules for every form")
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


class Page(DefaultJinjaPageView):
    """Great Expectations' page; its templates are compiled once, not once a site and section."""

    _compiled: ClassVar[dict[str, Environment]] = {}

    def __init__(self, custom_styles_directory: None, custom_views_directory: None) -> None:
        super().__init__(custom_styles_directory, custom_views_directory)
        self.env = self._compiled.setdefault("env", self.env)


class IndexPage(Page, DefaultJinjaIndexPageView):
    """Great Expectations' list of validations."""


def write_docs(sessions: list[Session], folder: Path) -> None:
    """Write each session's validations to folder/NAME, instead of the earlier site of that name;
    one without any leaves none.

    A form that is not in tonight's batch keeps its site, so there is one site a form: its
    latest run. folder/index.html links to all. Two nights at once write one after the other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        for session in sessions:
            fresh = folder / f".{session.name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            if session.validations:
                _build_site(session, fresh)
            shutil.rmtree(folder / session.name, ignore_errors=True)
            if session.validations:
                fresh.rename(folder / session.name)
        _write_index(folder)


def _build_site(session: Session, folder: Path) -> None:
    """The validations of a session: each expectation with what it found. Pages of the bare suites
    would say the same again."""
    site: Any = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder),
        },
        "site_index_builder": {
            "class_name": "DefaultSiteIndexBuilder",
            "view": {"module_name": __name__, "class_name": "IndexPage"},
        },
        "site_section_builders": {
            "validations": {"view": {"module_name": __name__, "class_name": "Page"}},
            "expectations": "None",
            "profiling": "None",
        },
    }
    session.context.add_data_docs_site(site_name="khoxa", site_config=site)
    session.context.build_data_docs(site_names=["khoxa"])


def _write_index(folder: Path) -> None:
    titles = {COMMON: _EVERY_FORM}
    titles |= {f"{form.form}_{form.version}": form.title for form in load_forms().values()}
    links = "\n".join(
        f'<li><a href="{name}/index.html">{escape(title.vi)} / {escape(title.en)}</a></li>'
        for name, title in titles.items()
        if (folder / name / "index.html").exists()
    )
    (folder / "index.html").write_text(_PAGE.format(links=links), encoding="utf-8")
