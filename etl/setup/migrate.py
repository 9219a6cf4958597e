"""Build and update the warehouse: roles, migrations, seeds, views, comments, grants.

Door: `migrate`. Migrations are plain .sql files run by Alembic as khoxa_owner; everything that
can be replaced (views, comments, grants, seeds) is put in place after them, every time.
"""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from functools import partial

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from etl.aggregate.models import views
from etl.catalogue.definitions import form_titles, load_rules, say_faults
from etl.catalogue.units_of_measure import units_of_measure
from etl.ground import audit, database, server
from etl.ground.config import SQL_DIR, Settings
from etl.ground.errors import KhoxaError
from etl.ground.whole_file import alone
from etl.ground.yaml_file import read_yaml
from etl.load.seeding import put_seeds
from etl.reports.words import words
from etl.setup.locks import patiently
from etl.setup.office import make_office

# kinds of dw.word, and what words.yaml calls them
_KINDS = {"reason": "reasons", "verdict": "verdicts", "basis": "bases", "state": "states",
          "severity": "severities", "operator": "operators", "gap": "gaps", "measure": "measures",
          "nature": "natures", "finding_state": "finding_states", "change": "changes",
          "action": "actions"}  # fmt: skip

_CLOSED = ("raw", "returns", "mails", "quarantine", "summaries", "data_docs")


class NotCommented(KhoxaError):
    """Tables, views or columns of dw and mart that sql/comments.yaml does not explain."""

    sentence = "sql/comments.yaml chưa giải thích: {0} / does not explain: {0}"


class RolesMissing(KhoxaError):
    """A server whose administrator has not run sql/roles.sql since a role was added to it."""

    sentence = (
        "máy chủ chưa có vai trò scoped_reader: quản trị viên chạy lại sql/roles.sql, rồi"
        " sql/doors.sql trong cơ sở dữ liệu khoxa / the server has no role scoped_reader: its"
        " administrator runs sql/roles.sql again, then sql/doors.sql in the database khoxa"
    )


class UnknownRevision(KhoxaError):
    """A warehouse, or a backup of one, that a newer khoxa has made."""

    sentence = (
        "kho ở bản {0}, bản khoxa này không biết: dùng bản khoxa mới hơn"
        " / the warehouse is at revision {0}, which this khoxa does not know: use a newer khoxa"
    )


def migrate(settings: Settings, revision: str = "head") -> None:
    """Bring the warehouse to `revision` and put seeds, views, comments and grants in place.

    Raises UnknownRevision where a newer khoxa made the warehouse, MissingEvents where a file of a
    unit event that is in force is gone, LocksHeld where others use the warehouse all the time.
    """
    say_faults()
    _close(settings)
    with alone(settings.home / ".upgrade.lock"):
        if not settings.warehouse_url:
            bootstrap(server.start(settings.pgdata))
        patiently(
            database.engine(settings, "khoxa_owner"),
            partial(_migrate, settings=settings, revision=revision),
        )


def _migrate(connection: Connection, settings: Settings, revision: str) -> None:
    if not connection.scalar(text("select to_regrole('scoped_reader') is not null")):
        raise RolesMissing
    before = _revision(connection)
    must_know(before)
    database.ask(connection, "setup/alone")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if revision == "head":
        put_seeds(connection, settings, anew=_revision(connection) != before)
        database.ask(connection, "period_functions")
        _words(connection)
        _views(connection)
        _comments(connection)
        make_office(connection)
        database.ask(connection, "grants")
        if (after := _revision(connection)) != before:
            audit.note(connection, "migrated", f"{before or '–'} → {after}")
        audit.note_rights(connection)


def _close(settings: Settings) -> None:
    """Folders that an earlier khoxa left open to other logins; what a group may is left alone."""
    for folder in map(settings.home.joinpath, _CLOSED):
        with suppress(FileNotFoundError, PermissionError):
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) & ~0o007)


def must_know(revision: str | None) -> None:
    """Raises UnknownRevision for one that sql/migrations has not; None is an empty database."""
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise UnknownRevision(revision)


def _revision(connection: Connection) -> str | None:
    places = {"version_table_schema": "public"}
    return MigrationContext.configure(connection, opts=places).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SQL_DIR / "migrations"))
    return config


def bootstrap(socket_dir: str) -> None:
    """Roles and database of the embedded server (a province's administrator does this once)."""
    admin = database.administrator(socket_dir)
    with admin.connect() as connection:
        database.ask(connection, "roles")
        known = set(connection.scalars(text("select datname from pg_database")))
        if database.DATABASE not in known:
            connection.exec_driver_sql(f"create database {database.DATABASE} owner khoxa_owner")
    with database.administrator(socket_dir, database.DATABASE).connect() as connection:
        database.ask(connection, "doors")


def _words(connection: Connection) -> None:
    """Put the words for codes, units of measure and forms into dw.word."""
    rows = [
        [kind, code, said["vi"], said["en"]]
        for kind, listed in _KINDS.items()
        for code, said in words()[listed].items()
    ]
    rows += [["unit_of_measure", code, u.vi, u.en] for code, u in units_of_measure().items()]
    rows += [["form", code, title.vi, title.en] for code, title in form_titles().items()]
    rules = load_rules().values()
    rows += [["rule", rule.rule, _unfilled(rule.vi), _unfilled(rule.en)] for rule in rules]
    connection.exec_driver_sql("delete from dw.word")
    columns = ["kind", "code", "word_vi", "word_en"]
    database.copy_in(connection, "dw.word", columns, map(database.copy_line, rows))


def _unfilled(sentence: str) -> str:
    """The first sentence of a finding as a title: of no cell, with … for what a filing fills in."""
    said = re.sub(r"^(Ô|Cell) \{cell\}:? *(\([^)]*\):? *)?", "", sentence)
    said = re.sub(r"\{[^}]*\}", "…", said).partition(". ")[0].rstrip(".")
    return said[:1].upper() + said[1:]


def _views(connection: Connection) -> None:
    """Recreate every view of sql/marts/views; dependants go with `cascade`."""
    for view in reversed(views()):
        connection.exec_driver_sql(f"drop view if exists {view.makes[0]} cascade")
    for view in views():
        database.ask(connection, f"marts/{view.name}")


def _comments(connection: Connection) -> None:
    """COMMENT ON every table and column named in sql/comments.yaml, "Vietnamese / English"."""
    spec = read_yaml(SQL_DIR / "comments.yaml")
    shared = spec.pop("columns")
    kinds = {row.relation: row.kind for row in database.ask(connection, "setup/relations")}
    said = {(kind, name): spec.get(name, {}).get("is") for name, kind in kinds.items()}
    for name, key in mart_keys().items():
        words, listed_key = spec[name]["is"], ", ".join(key)
        said[kinds[name], name] = {
            "vi": f"{words['vi']}. Khóa: {listed_key}",
            "en": f"{words['en']}. Key: {listed_key}",
        }
    for table, column in database.ask(connection, "setup/columns"):
        own = spec.get(table, {}).get("columns") or {}
        said["column", f"{table}.{column}"] = own.get(column) or shared.get(column)
    lacking = [name for name, words in said.items() if not (words or {}).keys() >= {"vi", "en"}]
    if lacking:
        raise NotCommented(", ".join(map(" ".join, lacking)))
    sentences = (
        f"comment on {kind} {name} is {_quote(words)}" for (kind, name), words in said.items()
    )
    database.script(connection, ";\n".join(sentences))


def mart_keys() -> dict[str, list[str]]:
    """The primary key of each mart of sql/model.yaml."""
    stated = read_yaml(SQL_DIR / "model.yaml")
    keys: dict[str, list[str]] = dict(stated["dimensions"])
    return keys | {mart: fact["key"] for fact in stated["facts"] for mart in fact["marts"]}


def _quote(words: dict[str, str]) -> str:
    both = f"{words['vi']} / {words['en']}".replace("'", "''")
    return f"'{both}'"
