"""Room: into the database. Staging by COPY, the star by set-based upserts; a step is one
transaction, so a kill leaves the night either before it or after it.

Doors: `open_again` and `waiting` (which files are to be read), `keep`, `kept` and `lost` (what was
read and is not staged yet), `stage` (what was read, into stg), `staged` (back as a batch for the
check room), `judge` (findings into ops), `load` (accepted filings into the star),
`failed_corrections`, `damaged` (filings that wait for their copy), `synchronise` (the seeds, where
they changed), `gone_now` and `drop` (forms that are no more). At each of them rows in = rows out +
rows named, or NotConserved is raised.
"""

from etl.load.blocks import keep, kept, lost
from etl.load.damaged import DamagedCopies, damaged
from etl.load.declared import drop, gone_now
from etl.load.judging import failed_corrections, judge, staged
from etl.load.loading import load, set_aside
from etl.load.opening import EVERY, open_again, waiting
from etl.load.seeding import synchronise
from etl.load.staging import stage
from etl.load.writing import NOT_PROCESSED

__all__ = [
    "EVERY", "NOT_PROCESSED", "DamagedCopies", "damaged", "drop", "failed_corrections", "gone_now",
    "judge", "keep", "kept", "load", "lost", "open_again", "set_aside", "stage", "staged",
    "synchronise", "waiting",
]  # fmt: skip
