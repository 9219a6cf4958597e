"""Nights of a rehearsed server: run, disturbed, and what they leave."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from itertools import cycle

from tools.rehearse.server import Failed, Server, until

RECEIVED = "2025-06-20T22:30:00+07:00"  # every night of the rehearsal says it is this one
BEFORE = "khoxa_before"
UNDISTURBED = "undisturbed.json"
STEPS = "steps.json"  # of that night, the five longest
_TABLES = """
select table_schema || '.' || table_name from information_schema.tables
where table_schema in ('raw', 'stg', 'ref', 'dw', 'mart', 'ops') and table_type = 'BASE TABLE'
    and table_name not in ('audit', 'fetched') order by 1
"""
_RIGHTS = """
revoke connect, temporary on database khoxa from public;
grant connect, temporary on database khoxa to khoxa_loader;
grant connect on database khoxa to bi_reader;
"""
# Na Rì's plan for 2025 as it is printed (samples/facts), and the rate that follows of its counts
PRINTED = {
    ("households", "baseline"): "10307",
    ("poor_households", "baseline"): "2977",
    ("poverty_rate", "baseline"): "28.88",
    ("poor_households_reduction", "assigned"): "361",
    ("poverty_rate_reduction", "assigned"): "3.50",
    ("poverty_rate", "assigned"): "25.38",
}
_FIGURES = """
select indicator_code || ' ' || measure || ' ' || value from mart.indicator_by_unit
where unit_name = 'Huyện Na Rì' and year = 2025 and unit_map = 'as_filed'
    and measure in ('baseline', 'assigned')
"""


def first_runs(server: Server) -> list[str]:
    """The runs that a first start makes by itself, with their states, once all have ended."""
    ended = "select bool_and(end_date is not null) from dag_run having count(*) > 0"
    until("the end of the first runs", lambda: server.sql("airflow", ended) == ["t"])
    must_be_green(server)
    return server.sql("airflow", "select dag_id || ' ' || state from dag_run order by 1")


def must_be_green(server: Server, run: str = "%") -> None:
    """Raises Failed that names the steps which failed for good: a run may succeed without them."""
    query = (
        "select distinct dag_id || '.' || task_id from task_instance"
        f" where run_id like '{run}' and state = 'failed'"
    )
    if failed := server.sql("airflow", query):
        raise Failed(f"steps that failed: {', '.join(failed)}")


def pause(server: Server, dag: str, is_paused: bool = True) -> None:
    """Let a DAG run by its schedule, or not."""
    body = {"is_paused": is_paused}
    until(f"{dag} is known", lambda: server.api(f"/dags/{dag}", body, "PATCH"))


def rest(server: Server, dag: str) -> None:
    """Let a DAG run no more by its schedule, with none of its runs under way: a run of a paused DAG
    never ends."""
    ended = f"select bool_and(end_date is not null) from dag_run where dag_id = '{dag}'"

    def rests() -> bool:
        if server.sql("airflow", ended) != ["t"]:
            return False
        pause(server, dag)
        if server.sql("airflow", ended) == ["t"]:
            return True
        pause(server, dag, False)  # one began just then
        return False

    until(f"the end of the runs of {dag}", rests)


def trigger(server: Server, dag: str, received: str = RECEIVED) -> str:
    """Ask Airflow for a run; its id."""
    run = f"rehearsal_{time.time():.0f}"
    body = {"dag_run_id": run, "logical_date": None, "run_after": received}
    until(f"a run of {dag}", lambda: server.api(f"/dags/{dag}/dagRuns", body))
    return run


def end(server: Server, run: str) -> float:
    """Wait until a run has ended; seconds that it took. Raises Failed where it is not a success, or
    a step of it failed."""
    query = (
        "select state || ' ' || extract(epoch from end_date - start_date) from dag_run"
        f" where run_id = '{run}' and end_date is not null"
    )
    state, seconds = until(f"the end of {run}", lambda: _quietly(server, query))[0].split()
    if state != "success":
        raise Failed(f"{run}: {state}")
    must_be_green(server, run)
    return float(seconds)


def _quietly(server: Server, query: str) -> list[str]:
    try:
        return server.sql("airflow", query)
    except Failed:  # it may be the one that was killed
        return []


def longest_steps(server: Server, run: str, many: int) -> list[str]:
    """The steps of a night that took longest, in their order."""
    query = (
        "select task_id from (select task_id, min(start_date) as began, sum(duration) as took from"
        f" task_instance where run_id = '{run}' and duration > 0 group by 1 order by took desc"
        f" limit {many}) as longest order by began"
    )
    return server.sql("airflow", query)


def until_at_work(server: Server, run: str, task: str) -> tuple[str, str]:
    """Wait until a step of a run is at work; its state (a quick one may be through before it is
    seen) and the name of the host that it is on."""
    query = (
        "select state || ' ' || hostname from task_instance"
        f" where run_id = '{run}' and task_id = '{task}' and start_date is not null"
        " and state is not null order by end_date desc limit 1"
    )
    state, host = until(f"{task} runs", lambda: _quietly(server, query), every=0)[0].split(" ")
    return state, host


def disturbed(server: Server, service: str, task: str) -> str:
    """A night in which a service is killed while a step is at work, with Celery the worker that has
    it; when that was, how long the night took in all, and which steps were begun again."""
    run = state = ""

    def moment() -> str:
        nonlocal run, state
        run = trigger(server, "nightly_refresh")
        state, host = until_at_work(server, run, task)
        return host

    server.kill(service, moment)
    took = end(server, run)
    again = server.sql(
        "airflow",
        "select string_agg(distinct task_id, ', ') from task_instance"
        f" where run_id = '{run}' and try_number > 1",
    )
    begun = again[0] or "nothing"
    return f"{task} {state}: the night ends by itself after {took:.0f} s, begun again: {begun}"


def shares(server: Server, run: str, task: str) -> dict[str, list[int]]:
    """Which parts of a mapped step of a run each container had, by their places."""
    asked = (
        "select hostname || ' ' || string_agg(map_index::text, ' ' order by map_index) from"
        f" task_instance where run_id = '{run}' and task_id = '{task}' and state = 'success'"
        " group by hostname"
    )
    lines = [line.split() for line in server.sql("airflow", asked)]
    return {
        server.docker("inspect", "-f", "{{.Name}}", host).lstrip("/"): [int(part) for part in parts]
        for host, *parts in lines
    }


def keep_before(server: Server) -> None:
    """Keep the warehouse as it stands, to begin again from it."""
    server.sql("postgres", f"create database {BEFORE} template khoxa owner khoxa_owner")


def begin_again(server: Server) -> None:
    """The warehouse as it was kept, and an empty data folder. Raises Failed where none was kept."""
    if not server.sql("postgres", f"select 1 from pg_database where datname = '{BEFORE}'"):
        raise Failed("there is no warehouse to begin again from: start, or restored, comes first")
    for statement in (
        "drop database khoxa with (force)",
        f"create database khoxa template {BEFORE} owner khoxa_owner",
        _RIGHTS,
    ):
        server.sql("postgres", statement)
    server.inside("find /f/kho -mindepth 1 -delete")  # the folder itself is mounted


def dump(server: Server) -> dict[str, tuple[int, str]]:
    """Of each table its number of rows, and the digest of all of them as text, sorted."""
    names = server.sql("khoxa", _TABLES)
    parts = (f"select E'\\x01{name}'; select t::text from {name} as t" for name in names)
    found, name = {name: list[str]() for name in names}, ""
    for line in server.sql("khoxa", "; ".join(parts)):
        if line.startswith("\x01"):
            name = line[1:]
        else:
            found[name].append(line)
    return {
        name: (len(lines), hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest())
        for name, lines in found.items()
    }


def keep_undisturbed(server: Server, run: str) -> None:
    """Keep what a night that nobody disturbed has left, and which of its steps were longest."""
    (server.folder / UNDISTURBED).write_text(json.dumps(dump(server)), encoding="utf-8")
    steps = longest_steps(server, run, 5)
    (server.folder / STEPS).write_text(json.dumps(steps), encoding="utf-8")


def steps(server: Server) -> list[str]:
    """The longest steps of the undisturbed night, in their order."""
    kept = json.loads((server.folder / STEPS).read_text(encoding="utf-8"))
    return [str(name) for name in kept]


def must_be_undisturbed(server: Server) -> str:
    """How much is as that night left it. Raises Failed that names the tables that differ."""
    kept = json.loads((server.folder / UNDISTURBED).read_text(encoding="utf-8"))
    return must_equal(dump(server), {name: (rows, digest) for name, (rows, digest) in kept.items()})


def must_equal(found: dict[str, tuple[int, str]], wanted: dict[str, tuple[int, str]]) -> str:
    """How much is equal. Raises Failed that names the tables that differ."""
    different = [name for name in wanted | found if wanted.get(name) != found.get(name)]
    if different:
        said = ", ".join(
            f"{n}: {wanted.get(n, (0,))[0]} → {found.get(n, (0,))[0]}" for n in different
        )
        raise Failed(f"tables differ (rows before → after): {said}")
    return f"{len(wanted)} tables, {sum(rows for rows, _ in wanted.values())} rows equal"


def printed(server: Server) -> str:
    """The figures of Na Rì's printed plan, asked as a BI tool. Raises Failed where one differs."""
    answer = server.khoxa("sql", "--csv", _FIGURES.replace("\n", " "))
    found = dict(line.rsplit(" ", 1) for line in answer.splitlines()[1:])
    wanted = {" ".join(key): value for key, value in PRINTED.items()}
    wrong = {
        key: found.get(key) for key in wanted if float(found.get(key, "nan")) != float(wanted[key])
    }
    if wrong:
        raise Failed(f"not the printed figures: {wrong}")
    return ", ".join(PRINTED.values())


def must_equal_after_nothing(server: Server, before: dict[str, tuple[int, str]]) -> None:
    """A night with nothing new in the inbox leaves filings and facts. Raises Failed."""
    end(server, trigger(server, "nightly_refresh"))
    must_equal(dump(server), before)


def kills(server: Server, services: tuple[str, ...]) -> Iterator[str]:
    """Nights, in each of which one of the services is killed, while one of the longest steps is at
    work: what is left equals what the undisturbed night left."""
    for service, task in zip(services, cycle(steps(server)), strict=False):
        begin_again(server)
        told = disturbed(server, service, task)
        yield f"kill -9 {service}, {told}; {must_be_undisturbed(server)}"
