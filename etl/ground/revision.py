"""Which revision (sql/migrations) a warehouse is at, and whether this khoxa may write to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.ground.config import SQL_DIR
from etl.ground.errors import KhoxaError

if TYPE_CHECKING:
    from sqlalchemy import Connection


class OtherRevision(KhoxaError):
    """A warehouse that another khoxa has made or upgraded; nothing is written to it."""

    sentence = (
        "kho ở bản {0}, khoxa này cần {ours}, nên chưa ghi gì: chạy `khoxa db migrate`, kho mới hơn"
        " thì dùng khoxa mới hơn / the warehouse is at {0}, this khoxa needs {ours}, so nothing was"
        " written: run `khoxa db migrate`, or a newer khoxa where the warehouse is newer"
    )


def revision_of(connection: Connection) -> str:
    """The revision of the warehouse (sql/migrations)."""
    query = "select version_num from public.alembic_version"
    return str(connection.exec_driver_sql(query).scalar_one())


def must_fit(connection: Connection) -> None:
    """Raises OtherRevision where the warehouse is not at the last of our migrations."""
    ours = max(path.stem for path in (SQL_DIR / "migrations").glob("*.sql"))
    if (found := revision_of(connection)) != ours:
        raise OtherRevision(found, ours=ours)
