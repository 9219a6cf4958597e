"""Take a unit event in: what its file would change, and where it is kept."""

from __future__ import annotations

from pathlib import Path

from etl.ground.config import SEEDS_DIR, Settings
from etl.ground.numerals import day
from etl.units.event_file import BrokenUnitEvents, EventFile, read_event, read_folder
from etl.units.faults import faults
from etl.units.history import Event, History
from etl.units.register import Register
from etl.units.seed import read_links, read_units, unit_folders
from etl.units.words import extent, in_full, kind

_SHOWN = 20


def target_of(settings: Settings, file: Path) -> Path:
    """Where a file of an event is kept.

    Raises BrokenUnitEvents: a file of that name, or of that event, is there already.
    """
    target = settings.units_dir / f"{file.stem}.yaml"
    event = read_event(file)
    for known in read_folder(*unit_folders(settings)):
        if known.source.name == target.name or _identity(known) == _identity(event):
            raise BrokenUnitEvents(
                {file.name: [f"đã nhập, ở tệp {known.source} / imported already, as that file"]}
            )
    return target


def _identity(event: EventFile) -> tuple[object, ...]:
    return event.on, frozenset(event.old), frozenset(new.code for new in event.new)


def changes(settings: Settings, file: Path) -> list[str]:
    """What the event in a file changes on top of all others, one line a new unit.

    Raises BrokenUnitEvents: every problem of the file, of others that it breaks, and of the
    history as it would be.
    """
    others = read_folder(*unit_folders(settings))
    before, after = _register(others), _register([*others, read_event(file)])
    if wrong := faults(after.units(), after.events, after.links):
        raise BrokenUnitEvents({file.name: wrong})
    known = {event.event_id for event in before.events}
    new = [event for event in after.events if event.event_id not in known]
    history = after.history()
    lines = [_line(history, event) for event in new[:_SHOWN]]
    if more := len(new) - len(lines):
        lines.append(f"… và {more} đơn vị nữa / and {more} more units")
    return lines


def _register(events: list[EventFile]) -> Register:
    register = Register(read_units(SEEDS_DIR), lambda: read_links(SEEDS_DIR))
    register.apply(events)
    return register


def _line(history: History, event: Event) -> str:
    """ "01/05/2026, nhập / merge: Xã A (02185), Tỉnh B ← Xã C (02191) [toàn bộ / whole]"."""
    code = event.event_id.rpartition("/")[2]
    unit = next(u for u in history.units if u.code == code and u.valid_from == event.on)
    olds = "; ".join(
        f"{in_full(history, link.unit)} ({link.unit.code}) [{extent(link.link)}]"
        for link in history.predecessors(unit)
    )
    return f"{day(event.on)}, {kind(event)}: {in_full(history, unit)} ({code}) ← {olds}"
