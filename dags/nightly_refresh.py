"""
# nightly_refresh — cập nhật kho dữ liệu hằng đêm / the nightly refresh

Reads new workbooks, checks them, loads the accepted ones into the star; the others are given back.
Each task takes what waits for it in the filing register: any can be cleared and run again.

| task | what it does | if it fails |
| --- | --- | --- |
| receive | enters new files in `raw.filing` | the inbox cannot be read: see `KHOXA_INBOX` |
| waiting | says which files wait, in chunks | the log names a wrong correction; else clear it |
| read_and_normalise | reads a chunk each | what the log names; clear it: its files wait so long |
| stage | all that was found, into `stg` | clear the task; a file is staged once, or waits |
| check | Great Expectations on the whole batch | a rule in `expectations/` is broken: mend it |
| load | accepted filings into `dw` | clear the task; a filing is loaded whole or not at all |
| aggregate | aggregates, then `sql/checks` | a check found unsound rows: the log names them |
| publish | return workbooks | clear the task |
| answer | mails to those who filed | mails wait; the log names corrections to mend |
| record | the night on one page: `khoxa summary` | nothing rests on it |
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow import sdk

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


def _step(name: str, of: Any = None) -> Any:
    from etl.night.told import steps
    from etl.setup.mail_server import airflow_mailer

    settings, night = Settings.from_env(), sdk.get_current_context()["dag_run"].run_after
    if name == "receive":
        return steps.receive(settings, sdk.ObjectStoragePath(settings.inbox), night)
    send = airflow_mailer() if name in ("answer", "record") else None
    return steps.take(settings, name, night, of=of, send=send)


def _task(name: str, **how: Any) -> Any:
    fresh = [sdk.Asset(f"khoxa://mart/{each}") for each in MADE.get(name, [])]
    return sdk.task(task_id=name, outlets=fresh, **how)(_step)


@sdk.dag(
    schedule=sdk.CronTriggerTimetable(f"{NIGHT.minute} {NIGHT.hour} * * *", timezone=TIMEZONE),
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    max_active_runs=1,
    default_args=dict.fromkeys(("on_retry_callback", "on_failure_callback"), _failed)
    | {"owner": "khoxa", "retries": 1, "execution_timeout": timedelta(hours=6)},
    tags=["khoxa"],
    doc_md=__doc__,
)
def nightly_refresh() -> None:
    waiting = _task("waiting")("waiting")
    read = _task("read_and_normalise").partial(name="read_and_normalise").expand(of=waiting)
    stage = _task("stage", trigger_rule="all_done_min_one_success")("stage", waiting)
    after = [_task(name)(name) for name in ("check", *MADE, "answer")]
    steps = [_task("receive")("receive"), waiting, read, stage, *after]
    sdk.chain(*steps)
    steps >> sdk.teardown(_task("record"))("record")  # after a failure too; it makes no run green


nightly_refresh()
