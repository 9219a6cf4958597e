"""Nothing that is shipped is under the GPL; docs/licences.md says what each package is under."""

from __future__ import annotations

import pytest

from tools.licences import PAGE, faults, locked, page, table


def test_nothing_shipped_is_under_the_gpl_and_the_page_is_up_to_date() -> None:
    found = table()
    assert len(found) > 150 and set(found) == set(locked())
    assert faults(found) == []
    assert PAGE.read_text(encoding="utf-8") == page(found), "run: python -m tools.licences"


@pytest.mark.parametrize(
    ("said", "is_bad"),
    [
        ("GPL-3.0-only", True), ("AGPL-3.0-or-later", True), ("MIT OR GPL-2.0-or-later", True),
        ("GNU General Public License v2 or later (GPLv2+)", True), ("", True),
        ("LGPL-2.1", False), ("GNU Library or Lesser General Public License (LGPL)", False),
        ("MPL-2.0 AND MIT", False), ("EPL-2.0", False),
    ],
)  # fmt: skip
def test_what_would_be_noticed(said: str, is_bad: bool) -> None:
    assert bool(faults({"thing": ("1.0", said, "")})) == is_bad
