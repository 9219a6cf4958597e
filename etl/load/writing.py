"""What several steps write: findings, states; and what each proves of itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, text

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import RenderedFinding, render
from etl.ground import database
from etl.ground.errors import NotConserved
from etl.ground.records import Finding

NOT_PROCESSED = "file-not-processed"


def add_findings(connection: Connection, findings: Sequence[Finding]) -> None:
    """Append rendered findings, numbered on from those a filing already has."""
    rules = load_rules()
    connection.exec_driver_sql(
        "create temporary table found (position integer, filing_id bigint, sheet text, cell text,"
        " rule text, severity text, seen text, expected text, message_vi text, message_en text,"
        " fix_vi text, fix_en text, about jsonb) on commit drop"
    )
    lines = (
        database.copy_line((position, *render(finding, rules[finding.rule]), _about(finding)))
        for position, finding in enumerate(findings)
    )
    columns = ("position", *RenderedFinding._fields, "about")
    database.copy_in(connection, "found", columns, lines)
    conserve("findings", len(findings), database.run(connection, "staging/findings"))
    connection.exec_driver_sql("drop table found")


def _about(finding: Finding) -> str | None:
    return json.dumps(dict(finding.about), ensure_ascii=False) if finding.about else None


def set_state(connection: Connection, filings: list[int], state: str) -> None:
    """Put filings into a state."""
    change = text("update raw.filing set state = :state where filing_id = any(:filings)")
    done = connection.execute(change, {"state": state, "filings": filings}).rowcount
    conserve(f"filings {state}", len(filings), done)


def conserve(what: str, came: int, went: int) -> None:
    """Raises NotConserved, and so rolls back, where fewer or more rows went on than came."""
    if came != went:
        raise NotConserved(f"{what}: {came} → {went}")
