"""The filer's own workbook with its findings: cells coloured, a comment on each, and sheets
that list all of them, the first in Vietnamese, the last in English. Nothing else is touched;
nothing of theirs is run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial

from etl.catalogue.rules import RenderedFinding
from etl.ground.records import ReceivedFile, Workbook
from etl.publish.comments import Comments
from etl.publish.markup import Unfit
from etl.publish.package import MAIN, Package
from etl.publish.sheet import CellAt, Restyle, SheetXml, cell_at
from etl.publish.styles import Styles
from etl.publish.summary import HEADER_ROW, LANGUAGES, Language, language_of, summary_xml, words
from etl.publish.values import copied_by_value
from etl.publish.workbook import SheetPart, free_name, put, sheets

log = logging.getLogger(__name__)
Read = Callable[[ReceivedFile], Workbook]


def marked_workbook(
    received: ReceivedFile, findings: list[RenderedFinding], read: Read, own: bool = True
) -> bytes:
    """The workbook to give back, as an xlsx file.

    The filer's own where it can be edited in place; else its values; else the findings alone. A
    file that was not read (rules `file-*`) is not opened: it may hold macros, or take hours.
    """
    refused = any(f.severity == "fail" and f.rule.startswith("file-") for f in findings)
    for attempt in (_own, _by_value) if own and not refused else ():
        try:
            return attempt(received, findings, read)
        except Unfit as unfit:
            log.info("filing %016x (%s): %s", received.filing_id, received.name, unfit)
        except Exception:  # whatever the file holds, the filer gets the findings
            log.warning("filing %016x (%s): not marked by %s", received.filing_id, received.name,
                        attempt.__name__, exc_info=True)  # fmt: skip
    return _mark(Package.empty(), received.name, findings, {}, {})


def _own(received: ReceivedFile, findings: list[RenderedFinding], read: Read) -> bytes:
    package = Package(received.path)
    names = [sheet.name for sheet in sheets(package)]
    old: dict[Language, str] = {}
    if any(name.startswith(words("vi")["sheet"]) for name in names):  # a return workbook, sent back
        for sheet in read(received).sheets:
            if ours := language_of(sheet.rows):
                old.setdefault(ours, sheet.name)
    theirs = {name: name for name in names if name not in old.values()}
    return _mark(package, received.name, findings, theirs, old)


def _by_value(received: ReceivedFile, findings: list[RenderedFinding], read: Read) -> bytes:
    file, targets = copied_by_value(read(received))
    return _mark(Package(file), received.name, findings, targets, {})


def _mark(
    package: Package,
    name: str,
    findings: list[RenderedFinding],
    targets: Mapping[str, str],
    old: Mapping[Language, str],
) -> bytes:
    """The package with findings on it. `targets` leads from a sheet of theirs to one of the
    package; `old` names the sheets that an earlier round put in."""
    wanted: dict[str, dict[CellAt, list[RenderedFinding]]] = {}
    for finding in findings:
        cell = cell_at(finding.cell)
        if cell and finding.sheet in targets:
            on_sheet = wanted.setdefault(targets[finding.sheet], {})
            on_sheet.setdefault(cell, []).append(finding)
    styles = Styles(package)
    for sheet in sheets(package):
        if sheet.name not in old.values():
            _mark_sheet(package, sheet, wanted.get(sheet.name, {}), styles)
    for language in reversed(LANGUAGES):
        put(
            package,
            free_name(words(language)["sheet"], list(targets.values())),
            summary_xml(language, name, findings, targets, styles.of, package.namespace(MAIN)),
            first=language == "vi",
            instead_of=old.get(language, ""),
            repeat=HEADER_ROW,
        )
    styles.save()
    return package.to_bytes()


def _mark_sheet(
    package: Package,
    sheet: SheetPart,
    wanted: Mapping[CellAt, list[RenderedFinding]],
    styles: Styles,
) -> None:
    comments = Comments(package, sheet.part)
    if not wanted and not comments.stale and b"tabSelected" not in package[sheet.part]:
        return
    xml = SheetXml(package[sheet.part])
    xml.deselect()
    if wanted or comments.stale:
        shown = xml.anchors(wanted)
        by_cell: dict[CellAt, list[RenderedFinding]] = {}
        for cell, here in wanted.items():
            by_cell.setdefault(shown[cell], []).extend(here)
        restyle: dict[CellAt, Restyle] = dict.fromkeys(comments.stale, styles.unmarked)
        for cell, here in by_cell.items():
            severity = "fail" if any(f.severity == "fail" for f in here) else "warn"
            restyle[cell] = partial(styles.marked, severity=severity)
        xml.restyle(restyle)
        comments.put(xml, {cell: _comment(here) for cell, here in by_cell.items()})
    package[sheet.part] = xml.xml


def _comment(findings: list[RenderedFinding]) -> str:
    return "\n\n".join(f"{finding.message_vi}\n→ {finding.fix_vi}" for finding in findings)
