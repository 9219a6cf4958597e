"""Room: into the database. Staging by COPY, the star by set-based upserts; each door is one
transaction, so a kill leaves the night either before it or after it.

Doors, in the order of a night:

    synchronise            the seeds into the warehouse, where they changed
    gone_now, drop         forms that are no more, and all that was filed with them
    open_again, waiting    which files are to be read: new ones, and read ones that are read anew
    damaged                filings that wait for a sound copy of what was filed
    stage                  what was read, into stg (keep, kept, lost: where chunks are read apart)
    staged, judge          back as a batch for the check room; its findings into ops
    load, set_aside        accepted filings into the star; those that no aggregate can be made of
    failed_corrections     rows of corrections that fit no filing

At each of them rows in = rows out + rows named, or NotConserved is raised.
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
