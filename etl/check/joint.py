"""Forms of a batch judged together: one frame of a name over all of them.

A validation costs about as much for ten rows as for ten thousand, so rules of every form judge the
rows of all forms at once.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.catalogue.frame_columns import CELLS
from etl.catalogue.rules import Rule
from etl.check.frames import FormBatch, Frame
from etl.check.recomputed import frame_of
from etl.check.report import Reporter
from etl.check.suites import Session
from etl.ground.records import Finding


class Part:
    """One form version's figures, and the findings on them so far."""

    def __init__(self, batch: FormBatch, filings: pd.DataFrame) -> None:
        self.batch = batch
        self.name = f"{batch.form.form}_{batch.form.version}"
        self.findings: list[Finding] = []
        self._reporter = Reporter(batch, filings)
        self._cells: Frame | None = None

    def frame(self, rule: Rule) -> Frame:
        """The frame that the rule judges; `cells`, which is asked for twice, is made once."""
        if rule.frame != CELLS:
            return frame_of(self.batch, rule)
        self._cells = self._cells or frame_of(self.batch, rule)
        return self._cells

    def tell(self, rule: Rule, frame: Frame, computed: pd.DataFrame, rows: list[int]) -> None:
        """Findings on these rows of a frame; `computed` are the columns that rules added to it."""
        data = frame.data.assign(**{str(name): computed[name].array for name in computed})
        self.findings.extend(self._reporter.findings(rule, frame, data, rows))


def judge(session: Session, parts: list[Part], rules: list[Rule]) -> None:
    """Judge parts that all have the rules' frames: one validation a frame.

    Raises BrokenRule: a rule that cannot judge.
    """
    by_frame: dict[str, list[Rule]] = {}
    for rule in rules:
        by_frame.setdefault(str(rule.frame), []).append(rule)
    for name, own in by_frame.items():
        frames = [part.frame(own[0]) for part in parts]
        ends = np.cumsum([len(frame.data) for frame in frames])
        added = [column for rule in own for column in rule.compute]
        for rule, data, rows in session.offending(name, _joined(parts, frames, own), own):
            of_part = np.searchsorted(ends, rows, "right")
            for n in np.unique(of_part):
                if not rule.columns <= {*frames[n].data, *added}:
                    continue  # two columns of which the form has one
                first = int(ends[n]) - len(frames[n].data)
                there = [row - first for row, of in zip(rows, of_part, strict=True) if of == n]
                computed = data[added].iloc[first : ends[n]]
                parts[n].tell(rule, frames[n], computed, there)


def _joined(parts: list[Part], frames: list[Frame], rules: list[Rule]) -> Frame:
    """What the rules need of the frames, one form's rows below the other's; NaN where a form has
    no such column. A frame without rows would only blur the types of columns."""
    every = {str(column): None for frame in frames for column in frame.data}
    wanted = [name for name in every if any(_needs(rule, name) for rule in rules)]
    judged = (frame.data for frame in frames if len(frame.data))
    rows = [data[[name for name in wanted if name in data]] for data in judged]
    data = pd.concat(rows, ignore_index=True) if rows else frames[0].data[:0]
    data = data.assign(row_id=np.arange(len(data)))
    known = frozenset(frames[0].known).intersection(*(frame.known for frame in frames))
    return Frame(data, {}, known)


def _needs(rule: Rule, column: str) -> bool:
    return column in rule.columns or any(
        column == name or column in expression for name, expression in rule.compute.items()
    )
