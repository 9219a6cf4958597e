"""Filings whose copy under KHOXA_HOME/raw is no longer what was filed: nothing is read of them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import Connection, text

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError


class DamagedCopies(KhoxaError):
    """Filings that were to be read, and whose copy is damaged or gone."""

    def __init__(self, found: list[tuple[str, int, str]]) -> None:
        listed = "\n".join(f"{name} ({number:016x}): raw/{d[:2]}/{d}" for name, number, d in found)
        super().__init__(
            "tệp gốc hỏng hoặc mất nên không đọc lại; hồ sơ đã nhận vẫn giữ nguyên. Chép đúng tệp"
            " ấy vào hộp nhận rồi chạy lại, hoặc lấy từ bản sao lưu (docs/operations.md, mục 5)"
            " / raw files are damaged or gone and were not read; what was accepted stays. Put the"
            " very file into the inbox and run again, or take it from a backup (section 5 there):"
            f"\n{listed}"
        )


def hold_back(connection: Connection, sound: Callable[[set[str]], Collection[str]]) -> None:
    """Of the filings of `reopened`, those without a sound copy are not opened."""
    connection.exec_driver_sql(
        "delete from reopened as r using ops.finding as n, raw.filing as p, raw.filing as f"
        " where n.filing_id = p.filing_id and n.rule = 'personal-data'"  # no copy is kept of these
        " and p.content_sha256 = f.content_sha256 and f.filing_id = r.filing_id"
    )
    query = "select distinct content_sha256 from raw.filing inner join reopened using (filing_id)"
    wanted = set(connection.exec_driver_sql(query).scalars())
    known = set(connection.exec_driver_sql("select content_sha256 from ops.damaged_copy").scalars())
    if not wanted | known:
        return
    bad = (wanted | known) - set(sound(wanted | known))
    connection.exec_driver_sql("delete from ops.damaged_copy")
    note_damaged(connection, bad)
    if bad:
        stay = text(
            "delete from reopened where filing_id in"
            " (select filing_id from raw.filing where content_sha256 = any(:bad))"
        )
        connection.execute(stay, {"bad": list(bad)})


def note_damaged(connection: Connection, digests: Collection[str]) -> None:
    """Remember contents whose copy is damaged."""
    if digests:
        known = "insert into ops.damaged_copy select unnest(cast(:found as text[]))"
        row = text(f"{known} on conflict do nothing")
        connection.execute(row, {"found": list(digests)})


def damaged(settings: Settings) -> list[tuple[str, int, str]]:
    """Name, number and content of the filings that wait for their copy."""
    query = (
        "select f.original_name, f.filing_id, f.content_sha256 from ops.damaged_copy"
        " inner join raw.filing as f using (content_sha256) where f.part = 1 order by f.filing_id"
    )
    with database.engine(settings).connect() as connection:
        return [(name, number, d) for name, number, d in connection.exec_driver_sql(query)]
