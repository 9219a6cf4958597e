"""
# nightly_refresh — cập nhật kho dữ liệu hằng đêm / the nightly refresh

Reads every new workbook of the inbox, checks it, loads the accepted ones into the star and
refreshes the marts; rejected and warned filings get a return workbook.

| task | what it does | if it fails |
| --- | --- | --- |
| receive | enters new files in `raw.filing` | the inbox cannot be read: see `KHOXA_INBOX` |
| read_and_normalise | opens them, finds figures | the log names a wrong correction; else clear it |
| check | Great Expectations on the whole batch | a rule in `expectations/` is broken: mend it |
| load | accepted filings into `dw` | clear the task; a filing is loaded whole or not at all |
| aggregate | aggregates, then `sql/checks` | a check found unsound rows: the log names them |
| publish | return workbooks | the log names corrections to mend; otherwise clear the task |
| record | what the run did, for `khoxa status` | nothing rests on it |

A task writes to the warehouse in one transaction and takes what waits in the filing register, so
any can be cleared and run again; a night without new files changes no row.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from airflow.sdk import CronTriggerTimetable as Cron
from airflow.sdk import ObjectStoragePath, dag, get_current_context, task, teardown

from etl.ground.config import TIMEZONE


def _step(name: str) -> dict[str, int]:
    from etl.ground.config import Settings
    from etl.night import chain

    settings = Settings.from_env()
    done = getattr(chain, name)(settings)
    if name == "publish":
        chain.settle(settings)
    return done


@dag(
    schedule=Cron("30 22 * * *", timezone=TIMEZONE),
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "khoxa", "retries": 1, "execution_timeout": timedelta(hours=6)},
    tags=["khoxa"],
    doc_md=__doc__,
)
def nightly_refresh() -> None:
    @task
    def receive() -> dict[str, int]:
        from etl.ground.config import Settings
        from etl.night import chain

        settings = Settings.from_env()
        inbox = ObjectStoragePath(os.environ.get("KHOXA_INBOX") or settings.inbox)
        return chain.receive(settings, inbox, get_current_context()["dag_run"].run_after)

    steps = {"receive": receive()}
    for name in ("read_and_normalise", "check", "load", "aggregate", "publish"):
        before = list(steps.values())[-1]
        steps[name] = task(task_id=name)(_step)(name)
        before >> steps[name]

    @teardown  # runs after a failure too, and is not what the run's state is read off
    def record(counts: dict[str, dict[str, int]]) -> None:
        from etl.ground.config import Settings
        from etl.night import chain

        started = get_current_context()["dag_run"].run_after
        chain.record(Settings.from_env(), counts, started)

    record(steps)


nightly_refresh()
