"""No document of the repository names a file or a document that is not in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from etl.ground.config import ROOT

LISTED = subprocess.run(
    ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT, capture_output=True, text=True, check=False,
).stdout.split("\0")  # fmt: skip
FILES = {name for name in LISTED if (ROOT / name).is_file()}
FOLDERS = {str(parent) for name in FILES for parent in Path(name).parents} - {"."}
PAGES = sorted(name for name in FILES if name.endswith(".md"))
TOPS = "|".join(sorted(re.escape(name) for name in {Path(f).parts[0] for f in FOLDERS}))
# what is made by hand or by a run, and what a page tells its reader to add
NAMED = re.compile(rf"`((?:{TOPS})/[\w./*…<>-]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
MADE = re.compile(r"[<>…]|NN|my_form|/(name|ten)\.sql$|no_units")


def exists(name: str) -> bool:
    """Whether a file or folder of that name, with or without wildcards, is in the repository."""
    name = name.rstrip("/")
    if "*" in name:
        pattern = re.compile(re.escape(name).replace(r"\*", "[^/]*") + "$")
        return any(pattern.match(each) for each in FILES | FOLDERS)
    return name in FILES | FOLDERS


@pytest.mark.skipif(not FILES, reason="no git here")
@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_points_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [target for target, _ in LINK.findall(text) if "://" not in target]
    lost = [t for t in links if not (ROOT / page).parent.joinpath(t).resolve().exists()]
    named = [name for name in NAMED.findall(text) if not MADE.search(name)]
    assert lost + [name for name in named if not exists(name)] == []


@pytest.mark.parametrize("word", ["DESIGN", "DOMAIN"])
def test_nothing_cites_a_document_that_is_not_here(word: str) -> None:
    texts = [
        n for n in FILES if n.endswith((".md", ".py", ".sql", ".yaml", ".toml", ".sh", ".html"))
    ]
    cited = re.compile(rf"\b{word}\b")
    here = Path(__file__).relative_to(ROOT).as_posix()
    assert [n for n in texts if n != here and cited.search((ROOT / n).read_text("utf-8"))] == []


def test_a_name_with_a_star_is_looked_up() -> None:
    assert exists("docs/*.md") and exists("docs/decisions/") and not exists("docs/*.zeal")
