"""
# verify — đối chiếu với tệp gốc hằng tuần / verified against raw files every week

Runs on Sundays at 04:00 once `KHOXA_BACKUP_TO` is set; without it, never. Every raw file against
its digest, a thirteenth of the filings read anew, their aggregates computed anew, `sql/checks`.
What it finds is in the log of its task, with what to do; a raw file that lies in the inbox or a
backup is taken from there. `docs/operations.md`, section 5.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from airflow.sdk import CronTriggerTimetable as Cron
from airflow.sdk import dag, task

from etl.ground.config import TIMEZONE


@dag(
    schedule=Cron("0 4 * * 0", timezone=TIMEZONE) if os.environ.get("KHOXA_BACKUP_TO") else None,
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "khoxa", "retries": 0, "execution_timeout": timedelta(hours=6)},
    tags=["khoxa"],
    doc_md=__doc__,
)
def verify() -> None:
    @task
    def prove() -> None:
        from etl.ground.clock import now
        from etl.ground.config import Settings
        from etl.upkeep.verify import NotAsFiled
        from etl.upkeep.verify import verify as find

        if found := find(Settings.from_env(), now()):
            raise NotAsFiled("\n".join(found))

    prove()


verify()
