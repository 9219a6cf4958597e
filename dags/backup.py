"""
# backup — sao lưu hằng đêm / a backup every night

Runs at 02:00 once `KHOXA_BACKUP_TO` names a folder, better one of another disk; without it, never.
Saves the warehouse, Airflow's metadata and all files but what can be made again; once a week it
reads every file anew. The newest `KHOXA_BACKUP_KEEP` (21) stay. `docs/operations.md`, section 5.

| task | what it does | if it fails |
| --- | --- | --- |
| save | writes a backup, whole or not at all | the log names damaged files, or a full disk |
| restore_for_trial | restores it on another server, counts | it cannot be relied on |
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from airflow.sdk import CronTriggerTimetable as Cron
from airflow.sdk import dag, task

from etl.ground.config import TIMEZONE


@dag(
    schedule=Cron("0 2 * * *", timezone=TIMEZONE) if os.environ.get("KHOXA_BACKUP_TO") else None,
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "khoxa", "retries": 1, "execution_timeout": timedelta(hours=6)},
    tags=["khoxa"],
    doc_md=__doc__,
)
def backup() -> None:
    @task
    def save() -> str:
        from etl.ground.clock import now
        from etl.ground.config import Settings
        from etl.upkeep.backup import backup as make
        from etl.upkeep.contents import backup_place

        settings = Settings.from_env()
        keep = int(os.environ.get("KHOXA_BACKUP_KEEP") or 21)
        folder, _manifest = make(settings, backup_place(settings), now(), keep=keep)
        return str(folder)

    @task
    def restore_for_trial(folder: str) -> None:
        from pathlib import Path

        from etl.upkeep.restore import rehearse

        rehearse(Path(folder))

    restore_for_trial(save())


backup()
