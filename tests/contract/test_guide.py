"""The page for a commune officer names what there is."""

import re

from etl.blank.lists import SENDING
from etl.ground.config import ROOT
from etl.publish.summary import words

PAGE = ROOT / "docs" / "huong-dan-cho-xa.md"


def test_it_is_one_page_in_vietnamese_with_pictures_that_are_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    pictures = re.findall(r"\]\((pictures/[a-z_]+\.png)\)", text)
    assert len(pictures) >= 4
    assert [name for name in pictures if not (PAGE.parent / name).is_file()] == []
    assert len(text.split()) < 1000
    assert " / " not in text  # no second language


def test_sheets_are_called_as_they_are() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"“{SENDING}”" in text and f"“{words('vi')['sheet']}”" in text


def test_what_it_quotes_is_what_an_answer_says() -> None:
    quoted = re.findall(r"^> .+\n(?:> .+\n)*", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    mails = " ".join((PAGE.parent / "mails.md").read_text(encoding="utf-8").split())
    assert quoted
    for words_of in quoted:
        assert " ".join(words_of.replace("> ", "").split()) in mails
