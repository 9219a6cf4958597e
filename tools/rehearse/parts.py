"""What `make rehearse` shows, part by part: a line for every thing that it has shown."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tools.rehearse import keeping, nights
from tools.rehearse.server import IMAGE, PROJECT, Failed, Server, ask, until

# each is killed while the first, second, … of the longest steps of the night is at work
SERVICES = (
    "airflow-api-server", "airflow-scheduler", "postgres", "airflow-dag-processor",
    "airflow-triggerer",
)  # fmt: skip
CELERY = ("redis", "airflow-worker", "airflow-scheduler")
MART = "count_commune"
CHUNKS = 10  # of 8 files each: the samples
_SAMPLES = "cp /source/samples/inbox/*.xlsx /f/hop-nhan/; chmod 644 /f/hop-nhan/*"


def build(server: Server) -> Iterator[str]:
    """The images, built once."""
    dangling = ("images", "-q", "--filter=dangling=true")
    before, started = server.docker(*dangling), time.monotonic()
    server.compose("build")
    took = time.monotonic() - started
    more = len(server.docker(*dangling).split()) - len(before.split())
    yield f"{_size(server, IMAGE)}, built in {took:.0f} s, {max(more, 0)} images left dangling"


def _size(server: Server, image: str) -> str:
    size = int(server.docker("image", "inspect", "-f", "{{.Size}}", image))
    return f"{image} {size / 1e6:.0f} MB"


def start(server: Server) -> Iterator[str]:
    """A first start on empty folders."""
    server.make_folders()
    yield f"all healthy after {server.up():.0f} s"
    runs = nights.first_runs(server)
    if "nightly_refresh success" not in runs or any("failed" in run for run in runs):
        raise Failed(f"the runs of the first start: {runs}")
    yield f"the runs that the first start makes by itself, on an empty inbox: {', '.join(runs)}"
    nights.rest(server, "receive_filings")  # it would come in between
    nights.keep_before(server)
    yield keeping.keep_first(server)


def night(server: Server) -> Iterator[str]:
    """Sample workbooks, a night, figures that are known from print."""
    server.inside(_SAMPLES)
    run = nights.trigger(server, "nightly_refresh")
    yield f"a night of 76 workbooks: success in {nights.end(server, run):.0f} s"
    yield f"bi_reader reads the printed figures of Na Rì: {nights.printed(server)}"
    nights.keep_undisturbed(server, run)
    if (whose := server.inside("stat -c %u:%g /f/kho/raw")) != "10001:10001":
        raise Failed(f"files of the data folder belong to {whose}")
    yield f"files of the data folder belong to {whose}"
    yield f"memory: {_memory(server)}"


def _memory(server: Server) -> str:
    ids = server.compose("ps", "-q").split()
    said = server.docker("stats", "--no-stream", "--format={{.Name}} {{.MemUsage}}", *ids)
    used: Counter[str] = Counter()
    for line in sorted(said.splitlines()):
        name, size = line.split(" / ")[0].split()
        unit = 1024 if size.endswith("GiB") else 1
        used[name.removeprefix(f"{PROJECT}-").rsplit("-", 1)[0]] += round(float(size[:-3]) * unit)
    each = ", ".join(f"{name} {size}" for name, size in used.items())
    return f"{used.total()} MiB ({each})"


def commands(server: Server) -> Iterator[str]:
    """The khoxa command: status waits for nobody, reports are written, readers are made."""
    started = time.monotonic()
    if "Hồ sơ năm 2025" not in server.khoxa("status", "--unit", "066"):
        raise Failed("khoxa status does not know the filings of Na Rì")
    yield f"docker compose run --rm khoxa status: {time.monotonic() - started:.0f} s"
    server.khoxa("report", "--unit", "066", "--year", "2025")
    yield f"khoxa report: {server.inside('ls /f/kho/phu_luc | wc -l')} files in the data folder"
    if "đúng như đã nhận" not in server.khoxa("verify"):
        raise Failed("khoxa verify")
    yield "khoxa verify: all is as it was filed"
    reader = ("reader", "add", "xem_na_ri", "--unit", "066")
    add = ("run", "--rm", "-T", "khoxa-init", "khoxa", *reader)
    server.sql("khoxa", server.compose(*add))
    server.compose(*add)
    asked = "set role xem_na_ri; select count(distinct unit_code) from office.indicator_by_unit"
    (units,) = server.sql("khoxa", asked)
    yield f"khoxa reader add xem_na_ri: reads {units} units, those of Na Rì"


def by_day(server: Server) -> Iterator[str]:
    """receive_filings takes the inbox in by day, the night loads what was checked."""
    nights.begin_again(server)
    nights.pause(server, "receive_filings", False)
    took = nights.end(server, nights.trigger(server, "receive_filings"))
    nights.rest(server, "receive_filings")
    (filings,) = server.sql("khoxa", "select count(*) from raw.filing")
    yield f"receive_filings: success in {took:.0f} s, {filings} filings entered and checked by day"
    took = nights.end(server, nights.trigger(server, "nightly_refresh"))
    yield f"the night after it: success in {took:.0f} s, figures {nights.printed(server)}"


def kills(server: Server) -> Iterator[str]:
    """kill -9 of each service during a night, and of all at once, as when the power fails."""
    yield from nights.kills(server, (*SERVICES, " ".join(SERVICES)))


def stop(server: Server) -> Iterator[str]:
    """`docker compose stop` in the middle of a night, and a start again."""
    nights.begin_again(server)
    run, task = nights.trigger(server, "nightly_refresh"), nights.steps(server)[1]
    nights.until_at_work(server, run, task)
    started = time.monotonic()
    server.compose("stop")
    took = time.monotonic() - started
    codes = server.docker("inspect", "-f", "{{.State.ExitCode}}", *server.containers("postgres"))
    server.up()
    night_took = nights.end(server, run)
    same = nights.must_be_undisturbed(server)
    yield (
        f"docker compose stop during {task}: {took:.0f} s, PostgreSQL ends with {codes};"
        f" started again, the night ends after {night_took:.0f} s, {same}"
    )


def celery(server: Server) -> Iterator[str]:
    """Profile celery: a night that two workers read, and kill -9 of what is new in it."""
    server.profiles = ["celery"]
    server.more = {"KHOXA_EXECUTOR": "CeleryExecutor", "KHOXA_CHUNK_FILINGS": "8"}
    healthy = server.up("--scale", "airflow-worker=2")
    yield f"profile celery, two workers: all healthy after {healthy:.0f} s"
    nights.begin_again(server)
    run = nights.trigger(server, "nightly_refresh")
    took, same = nights.end(server, run), nights.must_be_undisturbed(server)
    read = nights.shares(server, run, "read_and_normalise")
    if len(read) != 2 or sorted(chain(*read.values())) != list(range(CHUNKS)):
        raise Failed(f"of {CHUNKS} chunks two workers were to read some each: {read}")
    shared = "; ".join(f"{name} read chunks {parts}" for name, parts in sorted(read.items()))
    yield f"a night: success in {took:.0f} s; {shared}; as with LocalExecutor: {same}"
    yield f"memory: {_memory(server)}"
    yield from nights.kills(server, CELERY)
    server.compose("rm", "--stop", "--force", "--volumes", "airflow-worker", "redis")
    server.profiles, server.more = [], {}
    server.up()


def bi(server: Server) -> Iterator[str]:
    """Profile bi: Superset with the dashboards, which ask the marts."""
    server.profiles, server.more = ["bi"], {}
    server.compose("build")
    yield f"profile bi: {_size(server, 'khoxa-superset:6.1')}, healthy after {server.up():.0f} s"
    url = f"http://127.0.0.1:{server.values['KHOXA_SUPERSET_PORT']}/api/v1"
    word = server.values["SUPERSET_ADMIN_PASSWORD"]
    login = {"username": "admin", "password": word, "provider": "db", "refresh": False}
    token = ask(f"{url}/security/login", login)["access_token"]
    boards = ask(f"{url}/dashboard/", token=token)["result"]
    sets = ask(f"{url}/dataset/?q=(page_size:100)", token=token)["result"]
    data = next(each["id"] for each in sets if each["table_name"] == MART)
    count = {"label": "n", "expressionType": "SQL", "sqlExpression": "count(*)"}
    query = {"datasource": {"id": data, "type": "table"}, "queries": [{"metrics": [count]}]}
    answer = ask(f"{url}/chart/data", query, token)["result"][0]["data"]
    (rows,) = server.sql("khoxa", f"select count(*) from mart.{MART}")
    if answer[0]["n"] != int(rows):
        raise Failed(f"Superset reads {answer}, the mart has {rows}")
    named = ", ".join(sorted(board["dashboard_title"] for board in boards))
    yield f"Superset: {len(boards)} dashboards ({named}); reads {rows} rows of {MART}"
    yield f"memory: {_memory(server)}"


def faults(server: Server) -> Iterator[str]:
    """What is wrong with a server is said in a sentence, and no password with it."""
    server.profiles, server.more = [], {}
    server.inside("chown 0:0 /f/kho; chmod 755 /f/kho")
    yield f"a data folder of root's: {_said(server, ('khoxa-init',), 'KHOXA_HOME')}"
    server.inside("chown 10001:10001 /f/kho; chmod 700 /f/hop-nhan")
    yield f"an inbox that is closed: {_said(server, ('khoxa-init',), 'KHOXA_INBOX')}"
    server.inside("chmod 755 /f/hop-nhan")
    wrong = {"AIRFLOW_FERNET_KEY": "no-key"}
    yield f"a bad Fernet key: {_said(server, ('airflow-init',), 'AIRFLOW_FERNET_KEY', **wrong)}"
    wrong = {"AIRFLOW_DB_PASSWORD": "wr@ng"}
    yield f"a wrong password: {_said(server, ('airflow-init',), 'AIRFLOW_DB_PASSWORD', **wrong)}"
    wrong = {"KHOXA_LOADER_PASSWORD": "wr@ng"}
    yield f"another one: {_said(server, ('khoxa', 'status'), 'mật khẩu', **wrong)}"
    newer = "update public.alembic_version set version_num = "
    (at,) = server.sql("khoxa", "select version_num from public.alembic_version")
    server.sql("khoxa", f"{newer}'9999'")
    yield f"a warehouse of a newer khoxa: {_said(server, ('khoxa-init',), '9999')}"
    server.sql("khoxa", f"{newer}'{at}'")


def _said(server: Server, service: tuple[str, ...], wanted: str, **more: str) -> str:
    """The last line that a one-shot service ends with. Raises Failed where it is not a sentence."""
    said = server.compose("run", "--rm", "-T", "--no-deps", *service, check=False, **more)
    lines = [line for line in said.splitlines() if line.strip()]
    secret = next((v for k, v in server.values.items() if "PASSWORD" in k and v in said), None)
    if "Traceback" in said or wanted not in said or secret or "wr@ng" in said:
        raise Failed(f"no sentence about {wanted}: {said[-1500:]}")
    return " ".join(line for line in lines if line.startswith("khoxa:"))


def cut_off(server: Server) -> Iterator[str]:
    """A first start that is killed while roles are made does not show healthy."""
    server.down()
    server.make_folders()
    slow, override = server.folder / "15-slow.sh", server.folder / "slow.yml"
    slow.write_text("sleep 600\n", encoding="utf-8")
    mount = f"{slow}:/docker-entrypoint-initdb.d/{slow.name}:ro"
    override.write_text(f"services: {{postgres: {{volumes: ['{mount}']}}}}\n", encoding="utf-8")
    server.files = [str(override)]
    server.compose("up", "-d", "postgres")
    until("roles are made", lambda: slow.name in server.compose("logs", "postgres"))
    server.kill("postgres")
    time.sleep(45)
    (name,) = server.containers("postgres")
    health = server.docker("inspect", "-f", "{{.State.Health.Status}}", name)
    if health == "healthy":
        raise Failed("a first start that was cut off shows healthy")
    yield f"a first start that was cut off: {health}, not healthy"
    server.down()


def upgrade(server: Server, source: Path) -> Iterator[str]:
    """From another version with data to this one."""
    server.env_file.unlink()
    old = Server(server.folder, source, plain=True)
    old.compose("build")
    old.make_folders()
    yield f"the version before: {_size(old, IMAGE)}, healthy after {old.up():.0f} s"
    nights.first_runs(old)
    old.inside(_SAMPLES)
    nights.end(old, nights.trigger(old, "nightly_refresh"))
    yield f"a night on it: {nights.printed(old)}"
    (at,), filed = (
        old.sql("khoxa", "select version_num from public.alembic_version"),
        old.sql("khoxa", "select filing_id from raw.filing order by 1"),
    )
    new = Server(server.folder)
    new.compose("build")
    new.compose("down")
    new.up("postgres")
    for file, name in (("sql/roles.sql", "postgres"), ("sql/doors.sql", "khoxa")):
        new.sql(name, (new.source / file).read_text(encoding="utf-8"))
    took = new.up()
    nights.rest(new, "receive_filings")
    (now,) = new.sql("khoxa", "select version_num from public.alembic_version")
    if new.sql("khoxa", "select filing_id from raw.filing order by 1") != filed:
        raise Failed("filings were lost or changed")
    yield f"upgraded {at} → {now}: healthy after {took:.0f} s, {len(filed)} filings as before"
    run = nights.trigger(new, "nightly_refresh", "2025-06-21T22:30:00+07:00")
    took = nights.end(new, run)
    yield f"a night after it: success in {took:.0f} s, {nights.printed(new)}"
    new.down()
