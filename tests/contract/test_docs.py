"""The generated pages say what the code does, and what they show can be run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from etl import docs
from etl.ground import database
from etl.ground.config import Settings


@pytest.fixture(scope="module")
def texts(warehouse: Settings) -> dict[str, str]:
    return docs.pages(warehouse)


def test_pages_are_up_to_date(texts: dict[str, str]) -> None:
    assert docs.stale(texts) == [], "run: python -m etl.docs"


def test_a_page_that_differs_or_is_missing_is_stale(texts: dict[str, str], tmp_path: Path) -> None:
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert docs.stale(texts, tmp_path) == []
    (tmp_path / "forms.md").write_text(texts["forms.md"] + "x", encoding="utf-8")
    (tmp_path / "marts.md").unlink()
    assert docs.stale(texts, tmp_path) == ["forms.md", "marts.md"]


@pytest.fixture(scope="module")
def reader(warehouse: Settings) -> Iterator[Connection]:
    """One connection for all examples: a new one reads the views behind its view again."""
    engine = database.engine(warehouse, "bi_reader")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def test_every_mart_and_dimension_has_an_example(reader: Connection) -> None:
    names = reader.exec_driver_sql(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema = 'mart' or table_schema = 'dw'"
        " and (table_name like 'dim%%' or table_name = 'shown_indicator')"
    ).scalars()
    assert set(names) == set(docs.examples())


@pytest.mark.parametrize("name", docs.examples())
def test_an_example_runs_as_the_bi_reader(reader: Connection, name: str) -> None:
    rows = reader.exec_driver_sql(docs.examples()[name]).all()
    if name == "mart.unit" or (name.startswith("dw.") and name != "dw.dim_agency"):
        assert rows, "the dimensions are seeded, but for agencies, which filings name"
