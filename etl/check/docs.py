"""Data Docs: what Great Expectations found, as a static site per form that anyone can open."""

from __future__ import annotations

import shutil
from fcntl import LOCK_EX, flock
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from great_expectations.render.view.view import DefaultJinjaIndexPageView, DefaultJinjaPageView
from jinja2 import Environment

from etl.catalogue.forms import load_forms
from etl.check.suites import Session

_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>khoxa: Data Docs</title></head>
<body>
<h1>Kết quả kiểm tra mới nhất theo biểu / Latest checks by form</h1>
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


def write_docs(session: Session, folder: Path) -> None:
    """Write the session's validations to folder/FORM_VERSION, instead of the form's earlier site.

    A form that is not in tonight's batch keeps its site, so there is one site a form: its
    latest run. folder/index.html links to them. Two nights at once write one after the other.
    """
    site = folder / session.name
    fresh = folder / f".{session.name}.new"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        shutil.rmtree(fresh, ignore_errors=True)
        _build_site(session, fresh)
        shutil.rmtree(site, ignore_errors=True)
        fresh.rename(site)
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
    titles = {f"{f.form}_{f.version}": f.title for f in load_forms().values()}
    links = "\n".join(
        f'<li><a href="{name}/index.html">{escape(title.vi)} / {escape(title.en)}</a></li>'
        for name, title in titles.items()
        if (folder / name / "index.html").exists()
    )
    (folder / "index.html").write_text(_PAGE.format(links=links), encoding="utf-8")
