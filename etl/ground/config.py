"""Where khoxa keeps its state and which databases it talks to; everything comes from KHOXA_*."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from etl.ground.errors import BadValue

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[2]
SQL_DIR = ROOT / "sql"
SEEDS_DIR = SQL_DIR / "seeds"
_OWN_FORMS = Path(os.environ["KHOXA_FORMS"]).resolve() if os.environ.get("KHOXA_FORMS") else None
FORMS_DIR = _OWN_FORMS or ROOT / "etl" / "forms"
EXPECTATIONS_DIR = ROOT / "expectations"
TIMEZONE = "Asia/Ho_Chi_Minh"
NIGHT = time(22, 30)  # when the nightly refresh begins
_KEPT_NIGHTS = 60


def _home() -> Path:
    return Path(os.environ.get("KHOXA_HOME") or ROOT / "var").resolve()


def _local_dir() -> Path | None:
    """KHOXA_LOCAL; unset, the folder that the warehouse of this home was last given: a shell that
    does not set it drops no due date. Set to nothing: none."""
    asked, kept = os.environ.get("KHOXA_LOCAL"), _home() / LOCAL_NOTE
    if asked is None and kept.is_file():
        asked = kept.read_text(encoding="utf-8")
    return Path(asked).resolve() if asked else None


LOCAL_NOTE = "local_folder"  # a file of KHOXA_HOME: which folder that was
# the province's own data, added to what ships (docs/operations.md)
LOCAL_DIR = _local_dir()


def _url(name: str, password: str) -> str | None:
    """A URL of the environment, with the password of another variable where it has none."""
    url, word = os.environ.get(name), os.environ.get(password)
    scheme, _, rest = (url or "").partition("://")
    login, at, place = rest.rpartition("@")
    if not word or not at or ":" in login:
        return url or None
    return f"{scheme}://{login}:{quote(word, safe='')}@{place}"


def kept_nights() -> int:
    """Of how many nights pages are kept, summaries and Data Docs: KHOXA_KEEP_NIGHTS, at least 1."""
    asked = os.environ.get("KHOXA_KEEP_NIGHTS", "")
    return max(int(asked), 1) if asked.isdecimal() else _KEPT_NIGHTS


@dataclass(frozen=True)
class Settings:
    """Settings of one installation.

    Attributes:
        home: folder of all state (embedded server, raw files, return workbooks, Data Docs).
        inbox: path or URL of the folder where filers' workbooks arrive.
        warehouse_url: SQLAlchemy URL of the loader role; None means the embedded server.
        owner_url: SQLAlchemy URL of the role that owns the schemas and runs migrations.
        reader_url: SQLAlchemy URL of bi_reader.
        airflow_url, superset_url: those of what is beside the warehouse; None: it is not known, or
            lies on the embedded server.
        corrections: path of the file of corrections (see ground.corrections).
        units: folder of the province's own unit events; "" is `units` under home.
        local_folder: the province's own forms, rules and seeds (KHOXA_LOCAL); None: there are none.
        forms_folder: forms in the place of those that ship (KHOXA_FORMS); None: there are none.
        backup_to: folder of the backups (KHOXA_BACKUP_TO); None: none are made by themselves.
        keep_days: after so many days what only told something then may go (KHOXA_KEEP_DAYS); None:
            nothing goes by itself.
        chunk_filings: how many files a task of the nightly DAG reads (KHOXA_CHUNK_FILINGS).
        filing_address: where filers send their workbooks, an e-mail or a page; blank forms say it.
        as_of: the day at whose end the warehouse stands; None is now.
        transaction: all doors work in this one, which is rolled back (see database.passing).
    """

    home: Path
    inbox: str
    warehouse_url: str | None = None
    owner_url: str | None = None
    reader_url: str | None = None
    airflow_url: str | None = None
    superset_url: str | None = None
    corrections: str = str(SEEDS_DIR / "corrections.yaml")
    units: str = ""
    local_folder: Path | None = LOCAL_DIR
    forms_folder: Path | None = _OWN_FORMS
    backup_to: Path | None = None
    keep_days: int | None = None
    chunk_filings: int = 1000
    filing_address: str = ""
    as_of: date | None = None
    transaction: Connection | None = None

    @classmethod
    def from_env(cls) -> Settings:
        """Read KHOXA_HOME, KHOXA_INBOX, KHOXA_CORRECTIONS, KHOXA_UNITS, KHOXA_BACKUP_TO,
        KHOXA_KEEP_DAYS, KHOXA_CHUNK_FILINGS, KHOXA_FILING_ADDRESS, and the URLs
        KHOXA_WAREHOUSE_URL, KHOXA_OWNER_URL, KHOXA_READER_URL, KHOXA_AIRFLOW_URL and
        KHOXA_SUPERSET_URL. A URL without a password takes KHOXA_LOADER_PASSWORD,
        KHOXA_OWNER_PASSWORD, BI_READER_PASSWORD, AIRFLOW_DB_PASSWORD or SUPERSET_DB_PASSWORD,
        whatever letters it is of.

        Raises BadValue for a number that is none.
        """
        backup_to = os.environ.get("KHOXA_BACKUP_TO")
        home = _home()
        return cls(
            home=home,
            inbox=os.environ.get("KHOXA_INBOX") or str(home / "inbox"),
            warehouse_url=_url("KHOXA_WAREHOUSE_URL", "KHOXA_LOADER_PASSWORD"),
            owner_url=_url("KHOXA_OWNER_URL", "KHOXA_OWNER_PASSWORD"),
            reader_url=_url("KHOXA_READER_URL", "BI_READER_PASSWORD"),
            airflow_url=_url("KHOXA_AIRFLOW_URL", "AIRFLOW_DB_PASSWORD"),
            superset_url=_url("KHOXA_SUPERSET_URL", "SUPERSET_DB_PASSWORD"),
            corrections=os.environ.get("KHOXA_CORRECTIONS") or cls.corrections,
            units=os.environ.get("KHOXA_UNITS") or cls.units,
            backup_to=Path(backup_to).resolve() if backup_to else None,
            keep_days=_number("KHOXA_KEEP_DAYS", "số ngày", "a number of days"),
            chunk_filings=_number("KHOXA_CHUNK_FILINGS", "số tệp", "a number of files")
            or cls.chunk_filings,
            filing_address=os.environ.get("KHOXA_FILING_ADDRESS") or "",
        )

    @property
    def correction_files(self) -> tuple[Path, ...]:
        """The files of corrections that there are: KHOXA_CORRECTIONS, and the local folder's."""
        own = self.local_folder / "corrections.yaml" if self.local_folder else None
        return (Path(self.corrections), *([own] if own and own.exists() else []))

    def url_of(self, role: str) -> str | None:
        """The configured URL of a role; None means the embedded server.

        Raises KeyError for a role that is not khoxa_loader, khoxa_owner or bi_reader.
        """
        urls = {"khoxa_loader": self.warehouse_url, "khoxa_owner": self.owner_url,
                "bi_reader": self.reader_url}  # fmt: skip
        return urls[role] if self.warehouse_url else None

    @property
    def raw_dir(self) -> Path:
        """Raw files, kept untouched under their content hash."""
        return self.home / "raw"

    def raw_path(self, digest: str) -> Path:
        """Where the untouched copy of a content (its SHA-256) lies."""
        return self.raw_dir / digest[:2] / digest

    @property
    def quarantine_dir(self) -> Path:
        """Messages of senders that nobody knows, whole, until the province decides."""
        return self.home / "quarantine"

    @property
    def units_dir(self) -> Path:
        """The province's own unit events, one YAML file each (see units.event_file)."""
        return Path(self.units) if self.units else self.home / "units"

    @property
    def returns_dir(self) -> Path:
        """Return workbooks, one per rejected or warned filing."""
        return self.home / "returns"

    @property
    def mails_dir(self) -> Path:
        """Mails as files (.eml), where there is no mail server to hand them to."""
        return self.home / "mails"

    @property
    def docs_dir(self) -> Path:
        """Great Expectations Data Docs, a static site."""
        return self.home / "data_docs"

    @property
    def summaries_dir(self) -> Path:
        """A page for each of the last nights, and the book that it was made of."""
        return self.home / "summaries"

    @property
    def last_run(self) -> Path:
        """What the latest run did: JSON with rows changed per room."""
        return self.home / "last_run.json"

    @property
    def pgdata(self) -> Path:
        """Data folder of the embedded PostgreSQL."""
        return self.home / "postgres"


def _number(name: str, vi: str, en: str) -> int | None:
    """The number of at least 1 that a variable of the environment holds; None: it holds nothing."""
    if not (text := os.environ.get(name)):
        return None
    if not text.isdecimal() or int(text) < 1:
        raise BadValue(f"{name}={text}: ghi {vi}, ví dụ 400 / {en}, as 400")
    return int(text)
