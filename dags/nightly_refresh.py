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
| publish | return workbooks | clear the task |
| answer | mails to those who filed | mails wait; the log names corrections to mend |
| record | the night on one page: `khoxa summary` | nothing rests on it |

A task is one transaction over what waits in the filing register: any can be cleared and run again.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import Asset, ObjectStoragePath, chain, dag, get_current_context, task, teardown
from airflow.sdk import CronTriggerTimetable as Cron

from etl.ground.config import NIGHT, TIMEZONE, Settings

MADE = {  # what is fresh once a task is through: a DAG of yours may follow any of it
    "load": ["filing", "finding", "figure_trace"],
    "aggregate": ["indicator", "target", "fund", "star"],
    "publish": ["returns"],
}


def _failed(context: Any) -> None:
    from etl.night.told import steps

    night, name = context["dag_run"].run_after, context["ti"].task_id
    steps.failed(Settings.from_env(), name, night, context.get("exception"))


_TOLD = {"on_retry_callback": _failed, "on_failure_callback": _failed}


def _step(name: str) -> dict[str, int]:
    from etl.night.told import steps
    from etl.setup.mail_server import airflow_mailer

    settings, night = Settings.from_env(), get_current_context()["dag_run"].run_after
    if name == "receive":
        inbox = ObjectStoragePath(os.environ.get("KHOXA_INBOX") or settings.inbox)
        return steps.receive(settings, inbox, night, night)
    mails = name in ("answer", "record")
    return steps.take(settings, name, night, send=airflow_mailer() if mails else None)


@dag(
    schedule=Cron(f"{NIGHT.minute} {NIGHT.hour} * * *", timezone=TIMEZONE),
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    max_active_runs=1,
    default_args={"owner": "khoxa", "retries": 1, "execution_timeout": timedelta(hours=6), **_TOLD},
    tags=["khoxa"],
    doc_md=__doc__,
)
def nightly_refresh() -> None:
    steps = []
    for name in ("receive", "read_and_normalise", "check", *MADE, "answer"):
        fresh = [Asset(f"khoxa://mart/{each}") for each in MADE.get(name, [])]
        steps.append(task(task_id=name, outlets=fresh)(_step)(name))
    chain(*steps)
    # runs after a failure too, and is not what the run's state is read off
    steps >> teardown(task(task_id="record")(_step))("record")


nightly_refresh()
