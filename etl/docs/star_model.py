"""docs/marts.model.json: the marts made for dragging, for BI tools that read a model instead of
guessing one."""

from __future__ import annotations

import json

from etl.export.model import tables
from etl.ground import database
from etl.ground.config import Settings

MODEL = "marts.model.json"


def star_model(settings: Settings) -> str:
    """The page's text: a list of tables, as JSON, of a migrated warehouse."""
    with database.engine(settings, "bi_reader").connect() as connection:
        found = tables(connection)
    return json.dumps({"tables": found}, ensure_ascii=False, indent=1) + "\n"
