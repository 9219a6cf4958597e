"""Where khoxa keeps its state and which databases it talks to; everything comes from KHOXA_*."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[2]
SQL_DIR = ROOT / "sql"
SEEDS_DIR = SQL_DIR / "seeds"
FORMS_DIR = Path(os.environ.get("KHOXA_FORMS") or ROOT / "etl" / "forms")
EXPECTATIONS_DIR = ROOT / "expectations"
# the province's own data, added to what ships (docs/operations.md)
LOCAL_DIR = Path(os.environ["KHOXA_LOCAL"]).resolve() if os.environ.get("KHOXA_LOCAL") else None
TIMEZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Settings:
    """Settings of one installation.

    Attributes:
        home: folder of all state (embedded server, raw files, return workbooks, Data Docs).
        inbox: path or URL of the folder where filers' workbooks arrive.
        warehouse_url: SQLAlchemy URL of the loader role; None means the embedded server.
        owner_url: SQLAlchemy URL of the role that owns the schemas and runs migrations.
        reader_url: SQLAlchemy URL of bi_reader.
        corrections: path of the file of corrections (see ground.corrections).
        units: folder of the province's own unit events; "" is `units` under home.
        local_folder: the province's own forms, rules and seeds (KHOXA_LOCAL); None: there are none.
        filing_address: where filers send their workbooks, an e-mail or a page; blank forms say it.
        as_of: the day at whose end the warehouse stands; None is now.
        transaction: all doors work in this one, which is rolled back (see database.passing).
    """

    home: Path
    inbox: str
    warehouse_url: str | None = None
    owner_url: str | None = None
    reader_url: str | None = None
    corrections: str = str(SEEDS_DIR / "corrections.yaml")
    units: str = ""
    local_folder: Path | None = LOCAL_DIR
    filing_address: str = ""
    as_of: date | None = None
    transaction: Connection | None = None

    @classmethod
    def from_env(cls) -> Settings:
        """Read KHOXA_HOME, KHOXA_INBOX, KHOXA_CORRECTIONS, KHOXA_UNITS,
        KHOXA_FILING_ADDRESS, and the URLs KHOXA_WAREHOUSE_URL, KHOXA_OWNER_URL and
        KHOXA_READER_URL.
        """
        home = Path(os.environ.get("KHOXA_HOME") or ROOT / "var").resolve()
        return cls(
            home=home,
            inbox=os.environ.get("KHOXA_INBOX") or str(home / "inbox"),
            warehouse_url=os.environ.get("KHOXA_WAREHOUSE_URL") or None,
            owner_url=os.environ.get("KHOXA_OWNER_URL") or None,
            reader_url=os.environ.get("KHOXA_READER_URL") or None,
            corrections=os.environ.get("KHOXA_CORRECTIONS") or cls.corrections,
            units=os.environ.get("KHOXA_UNITS") or cls.units,
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
        urls = {
            "khoxa_loader": self.warehouse_url,
            "khoxa_owner": self.owner_url,
            "bi_reader": self.reader_url,
        }
        return urls[role] if self.warehouse_url else None

    @property
    def raw_dir(self) -> Path:
        """Raw files, kept untouched under their content hash."""
        return self.home / "raw"

    def raw_path(self, digest: str) -> Path:
        """Where the untouched copy of a content (its SHA-256) lies."""
        return self.raw_dir / digest[:2] / digest

    @property
    def units_dir(self) -> Path:
        """The province's own unit events, one YAML file each (see units.event_file)."""
        return Path(self.units) if self.units else self.home / "units"

    @property
    def returns_dir(self) -> Path:
        """Return workbooks, one per rejected or warned filing."""
        return self.home / "returns"

    @property
    def docs_dir(self) -> Path:
        """Great Expectations Data Docs, a static site."""
        return self.home / "data_docs"

    @property
    def last_run(self) -> Path:
        """What the latest run did: JSON with rows changed per room."""
        return self.home / "last_run.json"

    @property
    def pgdata(self) -> Path:
        """Data folder of the embedded PostgreSQL."""
        return self.home / "postgres"
