"""Data Docs: what Great Expectations found, as a static site per form that anyone can open."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from etl.check.suites import Session
from etl.ground.forms import load_forms

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


def write_docs(session: Session, folder: Path) -> None:
    """Write the session's validations to folder/FORM, instead of the form's earlier site.

    A form that is not in tonight's batch keeps its site, so there is one site a form: the
    latest run's. folder/index.html links to them.
    """
    site = folder / session.form
    fresh = folder / f".{session.form}.new"
    for old in (fresh, site):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    session.build_site(fresh)
    fresh.rename(site)
    _write_index(folder)


def _write_index(folder: Path) -> None:
    titles = {form.form: form.title for form in load_forms().values()}
    links = "\n".join(
        f'<li><a href="{form}/index.html">{escape(title.vi)} / {escape(title.en)}</a></li>'
        for form, title in titles.items()
        if (folder / form / "index.html").exists()
    )
    (folder / "index.html").write_text(_PAGE.format(links=links), encoding="utf-8")
