"""What of an installation is saved: its databases, and all files but what can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from etl.ground import database, server
from etl.ground.config import Settings

REPLACED = "replaced"  # under KHOXA_HOME: what a restore put aside
# made again by a night or by its program; the inbox is the office's own
_MADE_AGAIN = ("postgres", "returns", "data_docs", "inbox", "backups", REPLACED, "airflow/logs")
_PASSING = (".pid", ".log", ".lock", ".sock", ".part")


def backup_place(settings: Settings, out: Path | None = None) -> Path:
    """The folder of the backups: as told, else KHOXA_BACKUP_TO, else one in the data folder."""
    return (out or settings.backup_to or settings.home / "backups").resolve()


def databases(settings: Settings) -> dict[str, str]:
    """URL of every database that is saved, by name: the warehouse, as the loader, and those beside
    it (KHOXA_AIRFLOW_URL, KHOXA_SUPERSET_URL; of the embedded server, those that are there)."""
    urls = {database.DATABASE: database.warehouse_url(settings)}
    stated = {"airflow": settings.airflow_url, "superset": settings.superset_url}
    there: set[str] = set()
    if not settings.warehouse_url:
        socket_dir = server.start(settings.pgdata)
        with database.administrator(socket_dir).connect() as connection:
            there = set(connection.scalars(text("select datname from pg_database")))
    for name, url in stated.items():
        if url:
            urls[name] = url
        elif name in there:
            urls[name] = server.url(socket_dir, name, name)
    return urls


def roots(settings: Settings) -> dict[str, Path]:
    """The folders whose files are saved, by the name of their folder in a backup; of the
    corrections, the file that is not the one that ships."""
    folders = {"home": settings.home, "units": settings.units_dir}
    if settings.local_folder:
        folders["local"] = settings.local_folder
    if settings.forms_folder:
        folders["forms"] = settings.forms_folder
    if settings.corrections != Settings.corrections:
        folders["corrections"] = Path(settings.corrections)
    return folders


def files(settings: Settings, to: Path) -> Iterator[tuple[str, Path]]:
    """Every file that is saved: its path in a backup, and where it is. Backups lie in `to`."""
    folders = roots(settings)
    beside = {to, Path(settings.inbox)} | {settings.home / name for name in _MADE_AGAIN}
    for name, root in folders.items():
        if root.is_file():
            yield f"{name}/{root.name}", root
            continue
        others = {path for other, path in folders.items() if other != name}
        is_own = name == "home"  # in others' folders a link to a file counts as one
        for path in _walk(root, {path.resolve() for path in beside | others}, not is_own):
            yield f"{name}/{path.relative_to(root).as_posix()}", path


def _walk(folder: Path, others: set[Path], follow: bool) -> Iterator[Path]:
    """Plain files below a folder, without folders of their own purpose, `others`."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        is_followed = not path.is_symlink() or (follow and path.is_file())
        if path.resolve() in others or path.name == ".git" or not is_followed:
            continue
        if path.is_dir():
            yield from _walk(path, others, follow)
        elif path.is_file() and not path.name.endswith(_PASSING) and ".part" not in path.name:
            yield path
