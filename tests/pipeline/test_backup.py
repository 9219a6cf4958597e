"""A backup, and the warehouse that it gives back: with unit events, corrections, Airflow's data."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from etl.ground import database, pg_tools, server
from etl.ground.config import FORMS_DIR, Settings
from etl.load.declared import declare
from etl.load.seeding import MissingEvents, _unit_files, digest
from etl.setup.migrate import UnknownRevision, migrate
from etl.upkeep.backup import FaultyBackup, backup
from etl.upkeep.manifest import (
    FILE,
    BrokenBackup,
    Manifest,
    Saved,
    backups,
    digest_of,
    read_manifest,
)
from etl.upkeep.restore import NoPlace, NotEmpty, rehearse, restore
from tests.night import NOW, Night
from tests.pipeline.test_corrections import ROW
from tests.pipeline.test_unit_import import EVENT

FILED = ("na_ri_muc_tieu_giam_ngheo_2025.xlsx", "bao_cao_6_thang_2025_kim_hy.xlsx",
         "bao_cao_6_thang_2025_van_lang_lan_2.xlsx")  # fmt: skip
WEEK = timedelta(days=7)


@contextmanager
def airflow_database(settings: Settings, name: str) -> Iterator[str]:
    """A database beside the warehouse, on its server, that one run of a DAG is known in."""
    socket_dir = server.start(Path(os.environ["KHOXA_TESTS"]) / "postgres")
    with database.administrator(socket_dir).connect() as connection:
        connection.exec_driver_sql(f"create role {name} login")
        connection.exec_driver_sql(f"create database {name} owner {name}")
    try:
        yield server.url(socket_dir, name, name)
    finally:
        with database.administrator(socket_dir).connect() as connection:
            connection.exec_driver_sql(f"drop database {name} with (force)")
            connection.exec_driver_sql(f"drop role {name}")


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        found = connection.exec_driver_sql(query)
        return [tuple(row) for row in found] if found.returns_rows else []


class Installed:
    """An installation with an event, a correction and files of its own, and backups of it."""

    def __init__(self, settings: Settings, place: Path) -> None:
        self.inbox, self.to = place / "inbox", place / "backups"
        self.inbox.mkdir(parents=True)
        self.settings = replace(
            settings, inbox=str(self.inbox), units="", corrections=str(place / "corrections.yaml"),
            local_folder=place / "local", forms_folder=place / "forms",
        )  # fmt: skip
        for name in FILED:
            shutil.copy2(Night.inbox / name, self.inbox)
        shutil.copytree(Path(os.environ["KHOXA_LOCAL"]), place / "local")
        shutil.copytree(FORMS_DIR, place / "forms")
        self.settings.units_dir.mkdir(parents=True)
        (self.settings.units_dir / "con_duong.yaml").write_text(EVENT, encoding="utf-8")
        row = ROW | {"guard": "1.648", "cell": "E13"}
        text = yaml.safe_dump([row], allow_unicode=True)
        Path(self.settings.corrections).write_text(text, encoding="utf-8")
        migrate(self.settings)
        self.night = Night(self.settings, self.inbox)
        self.night.go()


def elsewhere(settings: Settings, place: Path) -> Settings:
    """An empty installation on another machine."""
    return replace(
        settings, inbox=str(place / "inbox"), units="", local_folder=place / "local",
        forms_folder=place / "forms", corrections=str(place / "corrections.yaml"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def saved(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    with make_warehouse() as settings:
        yield Installed(settings, tmp_path_factory.mktemp("saved"))


@pytest.fixture(scope="module")
def first(saved: Installed) -> Path:
    """A backup with a database beside the warehouse; nobody may change it."""
    with airflow_database(saved.settings, "airflow_here") as url:
        ask(url, "create table dag_run (id integer)")
        ask(url, "insert into dag_run values (7)")
        folder, made = backup(replace(saved.settings, airflow_url=url), saved.to, NOW)
    assert made.full and set(made.databases) == {"khoxa", "airflow"} and made.faults == []
    return folder


def test_it_holds_what_cannot_be_made_again(saved: Installed, first: Path) -> None:
    names = set(read_manifest(first).files)
    assert {"units/con_duong.yaml", "corrections/corrections.yaml"} <= names
    assert len([name for name in names if name.startswith("home/raw/")]) == len(FILED)
    assert any(name.startswith("local/") for name in names)
    assert {"forms/commune_report.yaml", "forms/lists/projects.yaml"} <= names
    assert not [name for name in names if "returns" in name or "inbox" in name]
    assert first.stat().st_mode & 0o777 == 0o700


def test_restored_elsewhere_all_is_as_it_was_and_the_next_night_changes_nothing(
    saved: Installed, first: Path, make_warehouse, tmp_path: Path
) -> None:
    with make_warehouse() as empty, airflow_database(empty, "airflow_there") as url:
        there = replace(elsewhere(empty, tmp_path), airflow_url=url)
        assert restore(there, first) == []
        assert ask(url, "select id from dag_run") == [(7,)]
        assert (tmp_path / "forms" / "lists" / "projects.yaml").is_file()
        before = saved.night.dump()
        night = Night(there, saved.inbox)
        assert night.dump() == before
        new = "select 1 from dw.dim_commune where commune_name = 'Côn Dương'"
        assert night.rows(new) == [(1,)]
        assert night.rows("select state from ref.correction") != []
        assert night.rows("select action, subject from ops.audit where action = 'restored'") == [
            ("restored", f"{first.name} ({read_manifest(first).revision})")
        ]
        night.go()
        assert night.dump() == before
        with pytest.raises(NotEmpty, match="--replace"):
            restore(there, first)


def test_the_next_one_takes_over_what_has_not_changed_and_the_oldest_goes(
    saved: Installed, first: Path
) -> None:
    report = next(name for name in read_manifest(first).files if name.startswith("home/raw/"))
    to = saved.to.with_name("kept")
    shutil.copytree(saved.to, to)
    first = to / first.name
    folder, made = backup(saved.settings, to, NOW + WEEK / 7)
    assert not made.full and made.files[report] == read_manifest(first).files[report]
    assert (folder / report).stat().st_ino == (first / report).stat().st_ino
    full, made = backup(saved.settings, to, NOW + WEEK, keep=2)
    assert made.full and [path for path, _made in backups(to)] == [folder, full]
    assert (full / report).stat().st_ino != (folder / report).stat().st_ino
    backup(saved.settings, to, NOW + 500 * WEEK)  # the clock was ahead
    assert backup(saved.settings, to, NOW + 2 * WEEK)[1].full, "a week after the last full one"


def test_a_broken_one_and_one_of_the_future_change_nothing(
    saved: Installed, first: Path, tmp_path: Path
) -> None:
    there = elsewhere(saved.settings, tmp_path)
    bad = tmp_path / "bad"
    shutil.copytree(first, bad)
    name = next(name for name in read_manifest(bad).files if name.startswith("home/raw/"))
    (bad / name).write_bytes(b"x")
    (bad / "khoxa.dump").unlink()
    with pytest.raises(BrokenBackup, match=f"khoxa.dump.*{name}"):
        restore(there, bad)
    with pytest.raises(BrokenBackup, match=r"manifest\.json"):
        restore(there, tmp_path)
    shutil.copytree(first, bad, dirs_exist_ok=True)
    told = json.loads((bad / FILE).read_text(encoding="utf-8"))
    (bad / FILE).write_text(json.dumps(told | {"revision": "9999_later"}), encoding="utf-8")
    with pytest.raises(UnknownRevision, match="9999_later"):
        restore(there, bad)
    with pytest.raises(NoPlace, match="KHOXA_LOCAL"):
        restore(replace(there, local_folder=None), first)
    with pytest.raises(NoPlace, match="KHOXA_FORMS"):
        restore(replace(there, forms_folder=None), first)


def test_a_folder_that_may_not_be_written_is_named_before_anything_is_changed(
    first: Path, make_warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local, allowed = tmp_path / "local", os.access
    shutil.copytree(first / "local", local)
    (local / "mail.yaml").unlink()
    monkeypatch.setattr(os, "access", lambda path, mode: path != local and allowed(path, mode))
    with make_warehouse() as empty, airflow_database(empty, "airflow_shut") as url:
        there = replace(elsewhere(empty, tmp_path), airflow_url=url)
        with pytest.raises(NoPlace, match=rf"{local}, chưa thay đổi gì.*chown -R"):
            restore(there, first)
        assert ask(url, "select to_regclass('dag_run')") == [(None,)]
        shutil.copy(first / "local" / "mail.yaml", local)  # nothing is left to be written there
        assert restore(there, first) == []
        assert ask(url, "select id from dag_run") == [(7,)]


def test_one_that_fails_half_way_leaves_nothing(saved: Installed, first: Path) -> None:
    before = backups(saved.to)
    lost = replace(saved.settings, airflow_url="postgresql+psycopg2://nobody@127.0.0.1:1/none")
    with pytest.raises(OperationalError):
        backup(lost, saved.to, NOW)
    assert backups(saved.to) == before and not (saved.to / ".part").exists()


def test_a_program_older_than_the_server_is_named(
    saved: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pg_tools, "_server_major", lambda _url: 99)
    with pytest.raises(pg_tools.NoTool, match=r"PostgreSQL 99.*pg_dump 99.*18\.6"):
        pg_tools.dump(str(saved.settings.warehouse_url), tmp_path / "khoxa.dump")


def test_a_damaged_raw_file_is_named_and_the_earlier_copy_stays(
    saved: Installed, first: Path
) -> None:
    [digest, *_] = [d for (d,) in saved.night.rows("select content_sha256 from raw.filing")]
    raw = saved.settings.raw_path(digest)
    whole = raw.read_bytes()
    try:
        raw.write_bytes(whole[:-1] + b"?")
        folder, made = backup(saved.settings, saved.to, NOW + 2 * WEEK)
        assert made.full and (folder / f"home/raw/{digest[:2]}/{digest}").read_bytes() == whole
        with pytest.raises(FaultyBackup, match=digest) as refused:
            backup(saved.settings, saved.to.with_name("others"), NOW)
        assert "xlsx" in str(refused.value)
        assert [made.faults for _path, made in backups(saved.to.with_name("others"))] != [[]]
    finally:
        raw.write_bytes(whole)


def test_rows_that_it_does_not_give_back_are_named_and_no_aggregates_of_an_older_one(
    first: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    shutil.copytree(first, bad)
    told = json.loads((bad / FILE).read_text(encoding="utf-8"))
    told["revision"] = "0044_reported_units"
    told["rows"]["dw.agg_indicator"] += 1  # which the migration after it may have put elsewhere
    told["rows"]["raw.filing"] += 1
    (bad / FILE).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BrokenBackup, match=r"3 dòng, đã lưu / rows, saved: 4$") as refused:
        rehearse(bad)
    assert str(refused.value).count("saved: ") == 1 and "raw.filing: " in str(refused.value)


def test_an_older_one_is_migrated(make_warehouse, tmp_path: Path) -> None:
    with make_warehouse("template1") as settings:
        migrate(settings, "0036_messages")
        owner = database.engine(settings, "khoxa_owner")
        with owner.begin() as connection:  # as if it had been given these very units
            declare(connection, "seeds", {("units", ""): digest(_unit_files(settings))})
        target = tmp_path / "khoxa.dump"
        pg_tools.dump(str(settings.owner_url), target)
        dumped = {"khoxa": Saved(digest_of(target), target.stat().st_size)}
        Manifest(NOW.isoformat(), "0.1.0", "0036_messages", True, dumped).write(tmp_path)
        restore(replace(settings, units="", local_folder=None), tmp_path)
        [(before, what), last] = Night(settings).rows(
            "select action, subject from ops.audit where action <> 'rights' order by audit_no"
        )
        assert (before, what.partition(" → ")[0]) == ("migrated", "0036_messages")
        assert last == ("restored", f"{tmp_path.name} (0036_messages)")
        [(communes,)] = Night(settings).rows("select count(*) from dw.dim_commune")
        assert communes > 10_000  # a migration may have made what they are put into


def test_the_warehouse_names_an_event_whose_file_is_gone(saved: Installed, first: Path) -> None:
    kept = saved.settings.units_dir / "con_duong.yaml"
    content = kept.read_bytes()
    kept.unlink()
    try:
        with pytest.raises(MissingEvents, match="02185 01/12/2026 Nghị quyết 99/NQ-UBTVQH16"):
            migrate(saved.settings)
    finally:
        kept.write_bytes(content)
