"""A backup back in its place, or for trial on a server that is thrown away."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from etl.aggregate import prove
from etl.ground import audit, database, pg_tools, server
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.revision import revision_of
from etl.ground.whole_file import closed_folder, whole_file
from etl.ground.yaml_file import sentence
from etl.setup.migrate import bootstrap, migrate, must_know
from etl.upkeep.backup import rows_of
from etl.upkeep.contents import REPLACED, databases, roots
from etl.upkeep.manifest import BrokenBackup, Manifest, dump_name, must_be_whole, read_manifest

# a table of each database that has rows once somebody has used it
_USED = {database.DATABASE: "raw.filing", "airflow": "public.dag_run", "superset": "public.logs"}
_SETTINGS = {
    "local": "KHOXA_LOCAL", "forms": "KHOXA_FORMS", "corrections": "KHOXA_CORRECTIONS",
}  # fmt: skip
_IN_FORCE = ("units", "local", "forms")  # folders whose every file is in force


class NotEmpty(KhoxaError):
    """There is something where a backup was to go."""

    sentence = (
        "đã có dữ liệu, chưa thay đổi gì: {0}. Muốn thay bằng bản sao lưu: thêm --replace"
        " / there is something already, nothing was changed: {0}. To put the backup in its place,"
        " add --replace"
    )


class NoPlace(KhoxaError):
    """Files of a backup that cannot be put where they go: a setting says nowhere, or a folder is
    closed to this user."""


def restore(settings: Settings, folder: Path, *, replace: bool = False) -> list[str]:
    """Put a backup in the place of the warehouse, what is beside it, and the data folder.

    Returns the databases of the backup that this installation has no URL for. What the backup
    lacks of raw files stays; a file that it has otherwise, and any more unit event or file of the
    province's own folder, is put aside under KHOXA_HOME/replaced. The warehouse is brought up to
    date afterwards. Raises BrokenBackup, NotEmpty (unless `replace`), NoPlace and UnknownRevision
    before anything is changed.
    """
    manifest = read_manifest(folder)
    must_be_whole(folder, manifest)
    must_know(manifest.revision)
    targets = _targets(settings, manifest)
    _must_be_open(settings, folder, targets)
    urls = _urls(settings, manifest)
    if not replace and (in_the_way := [*_used(urls), *_others(settings, folder, targets)]):
        raise NotEmpty("; ".join(in_the_way[:10]) + ("; …" if in_the_way[10:] else ""))
    for name, url in urls.items():
        before = database.statement("upkeep/before_restore")
        pg_tools.restore(url, folder / dump_name(name), before)
    _put(settings, folder, targets)
    migrate(settings)
    with database.night(settings) as connection:
        audit.note(connection, "restored", f"{folder.name} ({manifest.revision})")
    return sorted(manifest.databases.keys() - urls.keys())


def rehearse(folder: Path) -> None:
    """Restore a backup on a server of its own, in a folder that is removed at the end.

    Raises BrokenBackup where rows or files are not those that were saved, UnsoundWarehouse where a
    check of sql/checks does not hold.
    """
    manifest = read_manifest(folder)
    with tempfile.TemporaryDirectory(prefix="khoxa-") as scratch:
        place = Path(scratch)
        place.chmod(0o755)  # started by root, the server runs as another user
        own = {root: place / root for root in ("home", "local", "forms", "corrections")}
        named = next((n for n in manifest.files if n.startswith("corrections/")), "")
        settings = Settings(
            home=own["home"],
            inbox=str(place / "inbox"),
            corrections=str(place / named) if named else Settings.corrections,
            local_folder=own["local"],
            forms_folder=own["forms"],
        )
        try:
            with database.administrator(server.start(settings.pgdata)).connect() as connection:
                connection.exec_driver_sql("alter system set fsync = off")  # nothing is to stay
                connection.exec_driver_sql("select pg_reload_conf()")
            restore(settings, folder)
            if problems := list(_differences(settings, manifest)):
                raise BrokenBackup(folder, problems)
        finally:
            server.stop(settings.pgdata)


def _differences(settings: Settings, manifest: Manifest) -> Iterator[str]:
    with database.night(settings) as connection:
        counted = rows_of(connection)
        is_as_saved = revision_of(connection) == manifest.revision
        prove(connection)
    # a migration may store aggregates otherwise, in other rows
    compared = ("raw.", "dw.fact_", *(("dw.agg_",) if is_as_saved else ()))
    for name, rows in manifest.rows.items():
        if name.startswith(compared) and counted.get(name) != rows:
            yield f"{name}: {counted.get(name)} dòng, đã lưu / rows, saved: {rows}"


def _targets(settings: Settings, manifest: Manifest) -> dict[str, Path]:
    """Where each file of a backup goes. Raises NoPlace."""
    places = roots(settings)
    targets = {}
    for name in manifest.files:
        root, _, rest = name.partition("/")
        if root not in places:
            raise NoPlace(sentence(__file__, "no_place", name=root, setting=_SETTINGS[root]))
        targets[name] = places[root] if root == "corrections" else places[root] / rest
    return targets


def _must_be_open(settings: Settings, folder: Path, targets: dict[str, Path]) -> None:
    """Whether the files that are to be put, or put aside, may be. Raises NoPlace."""
    put = [path for name, path in targets.items() if not _is_there(folder / name, path)]
    for path in [*put, *_more(settings, targets)]:
        place = next(each for each in path.parents if each.is_dir())
        if not os.access(place, os.W_OK | os.X_OK):
            raise NoPlace(sentence(__file__, "closed_place", place=place, user=os.geteuid()))


def _is_there(saved: Path, path: Path) -> bool:
    return path.is_file() and filecmp.cmp(saved, path, shallow=False)


def _urls(settings: Settings, manifest: Manifest) -> dict[str, str]:
    """The databases of a backup that have a place here: whose role owns them."""
    if not settings.warehouse_url:
        bootstrap(server.start(settings.pgdata))
        for name in manifest.databases.keys() - {database.DATABASE}:
            database.beside(settings, name)
    urls = databases(settings) | {
        database.DATABASE: database.warehouse_url(settings, "khoxa_owner")
    }
    return {name: url for name, url in urls.items() if name in manifest.databases}


def _used(urls: dict[str, str]) -> Iterator[str]:
    for name, url in urls.items():
        table = _USED[name]
        with create_engine(url, poolclass=NullPool).connect() as connection:
            known = connection.scalar(text("select to_regclass(:table)"), {"table": table})
            is_used = f"select exists (select from {table})"  # noqa: S608 -- one of _USED
            if known and connection.exec_driver_sql(is_used).scalar():
                yield f"{name} ({table})"


def _others(settings: Settings, folder: Path, targets: dict[str, Path]) -> Iterator[str]:
    """Files that are there and would go: others than those of the backup, or beside them."""
    for name, path in targets.items():
        if (
            path.is_file()
            and not name.startswith("home/raw/")
            and not filecmp.cmp(folder / name, path, False)
        ):
            yield str(path)
    yield from map(str, _more(settings, targets))


def _more(settings: Settings, targets: dict[str, Path]) -> Iterator[Path]:
    wanted = set(targets.values())
    for root in _IN_FORCE:
        place = roots(settings).get(root)
        for path in sorted(place.rglob("*")) if place else ():
            is_kept = ".git" in path.parts or path in wanted or not path.is_file()
            if not is_kept:
                yield path


def _put(settings: Settings, folder: Path, targets: dict[str, Path]) -> None:
    for path in list(_more(settings, targets)):
        _aside(settings, path)
    for name, path in targets.items():
        if _is_there(folder / name, path):
            continue
        if path.is_file():
            _aside(settings, path)
        with whole_file(path, private=name.startswith("home/")) as part:
            shutil.copyfile(folder / name, part)
            shutil.copystat(folder / name, part)


def _aside(settings: Settings, path: Path) -> None:
    """Keep a file that a backup takes the place of; under its own name, numbered."""
    place = settings.home / REPLACED
    closed_folder(place)
    number = sum(1 for _ in place.iterdir()) + 1
    shutil.move(path, place / f"{number:04}_{path.name}")
