"""Why a step failed, in plain words, and what to do about it: causes.yaml."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from etl.ground.yaml_file import read_yaml


class Cause(NamedTuple):
    """A cause and what to do, in Vietnamese and English."""

    code: str
    vi: str
    en: str
    do_vi: str
    do_en: str

    @property
    def line(self) -> tuple[str, str]:
        """The cause as a line of a log."""
        return self.vi, self.en


@cache
def causes() -> dict[str, Any]:
    """causes.yaml: `causes` in the order they are tried, `steps` what to do where none fits."""
    entries: dict[str, Any] = read_yaml(Path(__file__).parent / "causes.yaml")
    return entries


def cause(error: BaseException | None, step: str = "") -> Cause:
    """The first cause that an error, or one that it came from, fits; None: the process is gone."""
    listed: dict[str, Any] = causes()["causes"]
    if error is None:
        return _worded("killed", listed["killed"], {"file": ""}, step)
    chain = list(_chain(error))
    for code, entry in listed.items():
        for each in chain:
            if _fits(each, entry, step):
                return _worded(code, entry, _known(each), step)
    return _worded("other", listed["other"], _known(error), step)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, the innermost of PostgreSQL's with its code included."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [getattr(each, "orig", None), each.__cause__, each.__context__]


def _fits(error: BaseException, entry: Mapping[str, Any], step: str) -> bool:
    if step and step not in entry.get("steps", (step,)):
        return False
    names = {kind.__name__ for kind in type(error).__mro__}
    state = str(getattr(error, "pgcode", None) or "")
    number = errno.errorcode.get(getattr(error, "errno", None) or 0, "")
    text_of_error = str(error)
    return (
        bool(names & set(entry.get("errors", ())))
        or (bool(state) and any(state.startswith(str(each)) for each in entry.get("sqlstates", ())))
        or number in entry.get("errnos", ())
        or any(text in text_of_error for text in entry.get("texts", ()))
    )


def _known(error: BaseException) -> dict[str, str]:
    """What sentences may name of an error: its own words (PostgreSQL's, without what SQLAlchemy
    adds), in one line; its file; the rows of the corrections file."""
    words = str(getattr(error, "orig", None) or error)
    return {
        "said": (" ".join(words.split()) or type(error).__name__)[:600],
        "file": str(getattr(error, "filename", None) or getattr(error, "file", None) or ""),
        "rows": "; ".join(getattr(error, "rows", ())),
    }


def _worded(code: str, entry: Mapping[str, Any], known: Mapping[str, str], step: str) -> Cause:
    by_step = causes()["steps"]
    do = entry.get("do") or by_step.get(step) or by_step["any"]
    sentences = (entry["vi"], entry["en"], do["vi"], do["en"])
    return Cause(code, *(sentence.format(**known) for sentence in sentences))
