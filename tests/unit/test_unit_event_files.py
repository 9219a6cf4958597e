"""Files of unit events: read as they are written, and put on top of the real units."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.ground.config import SEEDS_DIR
from etl.units.event_file import BrokenUnitEvents, parse_event, read_folder
from etl.units.faults import faults
from etl.units.index import load_units
from etl.units.seed import read_register, seed_rows


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    text = """
event: {on: 2026-05-01, basis: "Nghị quyết 1/NQ-UBTVQH16"}
from: [02185, 02191]
to: [{code: 02185, name: Côn Dương, type: X, province: 19}]
"""
    parsed = parse_event(tmp_path / "a.yaml", text)
    assert parsed.old == ("02185", "02191") and parsed.new[0].type == "xã"
    for old, wrong, named in [
        ("2026-05-01", "01/05/2026", "event.on"), ("2026-05-01", "2026-02-30", "event.on"),
        ("type: X, ", "", r"to.0.type"), ("from:", "form:", "form"),
        ("basis:", "căn cứ:", "event.căn cứ"), ("[02185", "[[02185", "a.yaml"),
    ]:  # fmt: skip
        with pytest.raises(BrokenUnitEvents, match=named):
            parse_event(tmp_path / "a.yaml", text.replace(old, wrong))


def test_all_files_of_a_folder_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- 1\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes("căn cứ".encode("cp1258", "replace"))
    (tmp_path / "note.txt").write_text("no event", encoding="utf-8")
    with pytest.raises(BrokenUnitEvents) as caught:
        read_folder(tmp_path / "none", tmp_path)
    assert sorted(caught.value.found) == ["a.yaml", "b.yaml"]


CON_DUONG = """
event: {on: 2026-12-01, basis: "Nghị quyết 99/NQ-UBTVQH16", note: "thử"}
from: ["02185", "02191"]
to: [{code: "02185", name: Côn Dương, type: xã, province: "19"}]
"""


def test_on_top_of_the_real_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Côn Minh and Xuân Dương become Côn Dương: one version more, two ended, nothing else."""
    (tmp_path / "con_duong.yaml").write_text(CON_DUONG, encoding="utf-8")
    before, after = (
        {
            name: [tuple(row) for row in rows]
            for name, (_c, rows) in seed_rows(event_folders=f).items()
        }
        for f in ((), (tmp_path,))
    )
    gone, come = (
        {name: sorted({*a[name]} - {*b[name]}) for name in a if {*a[name]} - {*b[name]}}
        for a, b in ((before, after), (after, before))
    )
    assert [row[:5] for row in gone["commune"]] == [
        ("02185", "Côn Minh", "xã", "2025-07-01", ""),
        ("02191", "Xuân Dương", "xã", "2025-07-01", ""),
    ]
    assert come == {
        "commune": [
            ("02185", "Côn Dương", "xã", "2026-12-01", "", "c0o2n001d0u3o3n0g00000", "", "19",
             "Nghị quyết 99/NQ-UBTVQH16"),
            *((*row[:4], "2026-12-01", *row[5:]) for row in gone["commune"]),
        ],
        "unit_event": [("2026-12-01/19/02185", "2026-12-01", "merge", "Nghị quyết 99/NQ-UBTVQH16",
                        "thử")],
        "unit_link": [("2026-12-01/19/02185", "commune", code, "commune", "02185", "whole", "")
                      for code in ("02185", "02191")],
    }  # fmt: skip
    monkeypatch.setenv("KHOXA_UNITS", str(tmp_path))
    load_units.cache_clear()
    try:
        (named,) = load_units().find("commune", "Xã Côn Dương", date(2026, 12, 1), "19")
        assert len(load_units().inside("commune", "19", date(2026, 12, 1))) == 91
        assert len(load_units().history.predecessors(named)) == 2
    finally:
        load_units.cache_clear()


def test_the_examples_of_the_readme_are_events_of_the_real_units() -> None:
    text = (SEEDS_DIR / "unit_events" / "README.md").read_text(encoding="utf-8")
    examples = [each.partition("```")[0] for each in text.split("```yaml\n")[1:]]
    for number, example in enumerate(examples):
        register = read_register(SEEDS_DIR, ())
        before = len(register.events)
        register.apply([parse_event(Path(f"{number}.yaml"), example)])
        kinds = [each.kind for each in register.events[before:]]
        assert kinds == [["merge"], ["split", "split"]][number]
        assert faults(register.units(), register.events, register.links) == []
