"""What `khoxa mail` shows is in words: every kind and state that a mail may have."""

import re

import pytest

from etl.cli.report_text import in_words
from etl.ground.config import ROOT

OUTBOX = (ROOT / "sql/migrations/0038_outbox.sql").read_text("utf-8")


def codes(column: str) -> list[str]:
    """The codes that the table allows in a column."""
    (allowed,) = re.findall(rf"check \(\s*{column} in \(([^)]*)\)", OUTBOX)
    return re.findall(r"'(\w+)'", allowed)


@pytest.mark.parametrize(("column", "heading"), [("kind", "loại thư"), ("state", "tình trạng")])
def test_every_code_of_a_mail_has_words(column: str, heading: str) -> None:
    assert len(codes(column)) == 5
    said = in_words([heading] * 5, codes(column))
    assert not set(said) & set(codes(column)) and len(set(said)) == 5


@pytest.mark.parametrize("query", ["list", "show"])
def test_the_queries_name_their_columns_as_they_are_shown(query: str) -> None:
    text = (ROOT / f"sql/answer/{query}.sql").read_text("utf-8")
    assert 'kind as "loại thư"' in text and 'state as "tình trạng"' in text
