"""
# retention — dọn những gì chỉ có ích một thời / what may go after a while

Runs on Mondays at 03:00 once `KHOXA_KEEP_DAYS` says after how many days; without it, never. Removes
return workbooks of versions that a later one followed, summaries, mails, quarantine, logs of
Airflow's tasks, and Airflow's own history of runs. Never what was filed, what was computed of it,
backups or the audit. `docs/operations.md`, section 5.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from airflow.sdk import CronTriggerTimetable as Cron
from airflow.sdk import dag, task

from etl.ground.config import TIMEZONE


@dag(
    schedule=Cron("0 3 * * 1", timezone=TIMEZONE) if os.environ.get("KHOXA_KEEP_DAYS") else None,
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "khoxa", "retries": 1, "execution_timeout": timedelta(hours=1)},
    tags=["khoxa"],
    doc_md=__doc__,
)
def retention() -> None:
    @task
    def remove_old() -> dict[str, int]:
        from pathlib import Path

        from airflow.sdk.configuration import conf

        from etl.ground.clock import now
        from etl.ground.config import Settings
        from etl.upkeep.retention import retain

        logs = Path(conf.get("logging", "base_log_folder"))
        return retain(Settings.from_env(), now(), logs)

    remove_old()


retention()
