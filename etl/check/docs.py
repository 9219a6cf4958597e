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
    """Write the session's validations to folder/FORM_VERSION, instead of the form's earlier site.

    A form that is not in tonight's batch keeps its site, so there is one site a form: its
    latest run. folder/index.html links to them.
    """
    site = folder / session.name
    fresh = folder / f".{session.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    session.build_site(fresh)
    shutil.rmtree(site, ignore_errors=True)
    fresh.rename(site)
    _write_index(folder)


def _write_index(folder: Path) -> None:
    titles = {f"{f.form}_{f.version}": f.title for f in load_forms().values()}
    links = "\n".join(
        f'<li><a href="{name}/index.html">{escape(title.vi)} / {escape(title.en)}</a></li>'
        for name, title in titles.items()
        if (folder / name / "index.html").exists()
    )
    (folder / "index.html").write_text(_PAGE.format(links=links), encoding="utf-8")
