"""
# receive_filings — nhận hồ sơ trong ngày / what communes send, by day

Collects what came by mail, SFTP, S3 and in the inbox folder, checks it and answers. `nightly_refresh`
loads it; what is checked here is not checked again there.

| task | what it does | if it fails |
| --- | --- | --- |
| collect | one way in each; skipped where it is not configured | that server cannot be reached or refuses the login: its connection under Admin › Connections; the others go on |
| read_and_normalise | opens new workbooks, finds figures | the log names a wrong correction; else clear it |
| check | Great Expectations on what was read | a rule in `expectations/` is broken: mend it |
| publish | return workbooks | clear the task |
| answer | mails to those who filed | nothing is lost: mails wait for the next run |
| all_reached | nothing; red where a way in failed | see that `collect` |

A way in is configured by its connection: `khoxa_imap`, `khoxa_sftp`, `khoxa_s3`
(docs/operations.md), or by `KHOXA_INBOX`. Any task can be cleared and run again: a message or file is
entered once.
"""  # noqa: E501

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import MultipleCronTriggerTimetable, dag, get_current_context, task

from etl.ground.config import TIMEZONE, Settings

WAYS, LONGEST = ["inbox", "imap", "sftp", "s3"], timedelta(hours=2)
# office hours, and once more before nightly_refresh, on any day
TIMES = ("*/15 7-18 * * 1-6", "10 22 * * *")


def _step(name: str) -> dict[str, int]:
    from etl.night.told import by_day
    from etl.setup.mail_server import airflow_mailer

    return by_day.take(Settings.from_env(), name, airflow_mailer() if name == "answer" else None)


def _failed(context: Any) -> None:
    from etl.night.told import steps

    steps.log_failure(context["ti"].task_id, context.get("exception"))


@dag(
    schedule=MultipleCronTriggerTimetable(*TIMES, timezone=TIMEZONE),
    start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(TIMEZONE)),
    catchup=False,
    max_active_runs=1,
    # what fails is tried again in a quarter of an hour
    default_args={"owner": "khoxa", "execution_timeout": LONGEST, "on_failure_callback": _failed},
    tags=["khoxa"],
    doc_md=__doc__,
)
def receive_filings() -> None:
    @task(map_index_template="{{ way }}", execution_timeout=timedelta(minutes=10))
    def collect(way: str) -> dict[str, int]:
        import ways_in

        context = get_current_context()
        context["way"] = way
        return ways_in.collect(way, context["dag_run"].run_after)

    @task
    def all_reached() -> None:
        """Only its state counts: that of the run."""

    collected = collect.expand(way=WAYS)
    read = task(task_id="read_and_normalise", trigger_rule="all_done")(_step)("read_and_normalise")
    check = task(task_id="check")(_step)("check")
    returns, answer = (task(task_id=name)(_step)(name) for name in ("publish", "answer"))
    collected >> read >> check >> returns >> answer
    collected >> task(trigger_rule="none_failed")(all_reached.function)()


receive_filings()
