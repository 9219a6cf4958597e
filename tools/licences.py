"""Licences of all that the locks of what is shipped install: docs/licences.md.

`python -m tools.licences` writes the page, `--check` says whether it is stale. Exit code 1 where it
is, and where a package is under the GPL or AGPL, which no part of what is shipped may be, or says
nothing.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
LOCKS = ("requirements.lock", "requirements-s3.lock", "requirements-fab.lock")
_LOCKED = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;\\]+)", re.MULTILINE)
_GPL = re.compile(r"(?<![\w])A?GPL|(?<!Lesser )General Public License", re.IGNORECASE)
_HEAD = """# Giấy phép của các gói / Licences of packages

Viết bởi / written by `python -m tools.licences`: mọi gói được cài của / all that is installed of
`requirements.lock`, `requirements-s3.lock` and `requirements-fab.lock`.

Không gói nào theo GPL hay AGPL; gói theo LGPL, MPL, EPL được dùng nguyên bản, như thư viện riêng.
Gói chỉ để kiểm thử không được phát hành. / None is under the GPL or AGPL; those under the LGPL, MPL
or EPL are used unchanged, as libraries of their own. What only tests need is not shipped.

| package | version | licence | |
| --- | --- | --- | --- |
"""


def locked() -> dict[str, set[str]]:
    """Versions of each package that is shipped, by name: the locks hold one for each Python."""
    found: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in _LOCKED.findall((ROOT / lock).read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(version)
    return found


def licence(name: str) -> str:
    """What the installed package says of its licence; "" where it says nothing or is not here."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classes = [c for c in said.get_all("Classifier") or () if c.startswith("License :: ")]
    words = [c.rpartition(" :: ")[2] for c in classes if not c.endswith("OSI Approved")]
    lines = (said.get("License") or "").strip().splitlines()
    return said.get("License-Expression") or "; ".join(words) or (lines[0] if lines else "")


def table() -> dict[str, tuple[str, str, str]]:
    """Version, licence and note of each package, by name."""
    known = yaml.safe_load((ROOT / "tools" / "licences.yaml").read_text(encoding="utf-8"))
    return {
        name: (", ".join(sorted(versions)), known.get(name, {}).get("licence") or licence(name),
               known.get(name, {}).get("why", ""))
        for name, versions in sorted(locked().items())
    }  # fmt: skip


def faults(found: dict[str, tuple[str, str, str]]) -> list[str]:
    """Packages under the GPL or AGPL, and those that say nothing."""
    bad = [f"{name}: {said}" for name, (_v, said, _why) in found.items() if _GPL.search(said)]
    return bad + [f"{name}: ?" for name, (_v, said, _why) in found.items() if not said]


def page(found: dict[str, tuple[str, str, str]]) -> str:
    """The text of docs/licences.md."""
    rows = (f"| {name} | {' | '.join(cells)} |" for name, cells in found.items())
    return _HEAD + "\n".join(rows) + "\n"


def main() -> int:
    """Write or check the page."""
    found = table()
    wrong = faults(found)
    if "--check" not in sys.argv:
        PAGE.write_text(page(found), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(found):
        wrong.append("docs/licences.md: python -m tools.licences")
    print("\n".join(wrong) or f"{len(found)} packages, none under the GPL or AGPL")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
