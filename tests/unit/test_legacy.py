"""Vietnamese from before Unicode: the tables, the lexicon, old CSV files."""

import codecs
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue import lexicon
from etl.ground.legacy import FontEncoding, decode, decode_bytes
from etl.ground.records import Finding
from tests.helpers.legacy_text import (
    LETTERS,
    NAMES,
    TO_TCVN3,
    TO_VNI,
    Opened,
    register,
    report,
    small,
    to_cp1258,
    to_tcvn3,
    to_vni,
)

# The tables


@pytest.mark.parametrize("letter", [*LETTERS, *"ĂÂÊÔƠƯĐ"])
def test_every_letter_of_tcvn3(letter: str) -> None:
    assert decode(TO_TCVN3[letter], "tcvn3") == letter
    assert decode_bytes(TO_TCVN3[letter].encode("latin-1"), "tcvn3") == letter


@pytest.mark.parametrize("letter", TO_VNI)
def test_every_letter_of_vni(letter: str) -> None:
    assert decode(TO_VNI[letter], "vni") == letter
    assert decode_bytes(TO_VNI[letter].encode("latin-1"), "vni") == letter


def test_a_capital_of_vni_with_a_small_mark() -> None:
    assert decode("Aùnh Ôû Eâ Öùng", "vni") == "Ánh Ở Ê Ứng"


@pytest.mark.skipif(not shutil.which("iconv"), reason="no iconv")
def test_tcvn3_is_what_the_c_library_reads() -> None:
    written = "".join(TO_TCVN3.values()).encode("latin-1")
    command = ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"]
    read_by_c = subprocess.run(command, input=written, capture_output=True, check=True)
    assert decode_bytes(written, "tcvn3") == read_by_c.stdout.decode()


@pytest.mark.parametrize(
    "encoding, written, text",
    [
        (
            "tcvn3",
            "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
            "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        ),
        ("tcvn3", "Thñ t\xadíng, n\xadíc s¹ch: 1.337", "Thủ tướng, nước sạch: 1.337"),
        (
            "vni",
            "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM, Ñoäc laäp - Töï do - Haïnh phuùc",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, Độc lập - Tự do - Hạnh phúc",
        ),
        ("vni", "Ñaø Naüng: chi phí saün coù", "Đà Nẵng: chi phí sẵn có"),
    ],
)
def test_printed_phrases(encoding: FontEncoding, written: str, text: str) -> None:
    assert decode(written, encoding) == text


words = st.text([*TO_VNI, *"bcdghklmnpqrstvxBCDGH", *"aeiouy AEIOUY", *" .,;:()/-%0123456789\n"])


@given(words)
def test_what_was_typed_comes_back(text: str) -> None:
    assert decode(to_vni(text), "vni") == text
    assert decode(to_tcvn3(text.lower()), "tcvn3") == text.lower()
    assert decode_bytes(to_vni(text).encode("latin-1"), "vni") == text
    assert decode_bytes(to_cp1258(text), "cp1258") == text


# The lexicon


@pytest.mark.parametrize(
    "texts, rate",
    [
        ([], 0.0),
        (["", "STT 12", "UBND"], 0.0),
        (["Xã Kim Hỷ"], 1.0),
        ([unicodedata.normalize("NFD", "XÃ KIM HỶ")], 1.0),
        (["Hoà, hòa; Thuỷ (THỦY)"], 1.0),
        (["xã", "qướz"], 0.5),
        (["Tæng sè hé nghÌo"], 0.0),
    ],
)
def test_hit_rate(texts: list[str], rate: float) -> None:
    assert lexicon.read(texts).rate == rate


def test_a_reading_is_clear_only_ahead_of_all_others_and_on_enough_text() -> None:
    good, half = "Tổng số hộ nghèo huyện tỉnh", "Tổng số hộ nghèo húýển tỉíng"
    assert lexicon.clearest({"a": [good], "b": ["ÐÐ ßß"]}) == "a"
    assert lexicon.clearest({"a": [good], "b": [good]}) is None
    assert lexicon.clearest({"a": [good], "b": [half]}) == "a"
    assert lexicon.clearest({"a": ["xã hộ"], "b": ["ÐÐ"]}) is None
    assert lexicon.clearest({"a": ["ÐÐ ßß"]}) is None
    assert lexicon.clearest({}) is None


# CSV


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    return "".join(";".join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("rows", [register(), report()], ids=["register", "report"])
@pytest.mark.parametrize(
    "write",
    [
        str.encode,
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be-marked", "utf-16-le", "utf-16-be"],
)
def test_csv_in_unicode(
    opened: Opened, rows: list[list[str]], write: Callable[[str], bytes]
) -> None:
    book = opened("bieu.csv", write(as_csv(rows)))
    assert (book.refused, book.notes, book.fonts) == (None, [], None)
    assert book.sheets[0].rows == rows


@pytest.mark.parametrize("rows", [register(), report()], ids=["register", "report"])
@pytest.mark.parametrize("encoding", NAMES)
def test_csv_in_an_old_encoding(opened: Opened, rows: list[list[str]], encoding: str) -> None:
    text = as_csv(rows)
    written = {
        "tcvn3": lambda: to_tcvn3(text).encode("latin-1"),
        "vni": lambda: to_vni(text).encode("latin-1"),
        "cp1258": lambda: to_cp1258(text),
    }[encoding]()
    book = opened("bieu.csv", written)
    assert book.refused is None
    assert book.notes == [Finding(7, "csv-legacy", seen=NAMES[encoding])]
    if encoding == "tcvn3":
        assert small(book.sheets[0].rows) == small(rows)  # type: ignore[arg-type]
        assert book.sheets[0].rows[2:] == rows[2:]
    else:
        assert book.sheets[0].rows == rows


@pytest.mark.parametrize(
    "data",
    [
        "Tổng số hộ nghèo;415\r\n".encode() * 9 + "X· Kim Hû;3\r\n".encode("latin-1"),
        to_tcvn3("Xã;Hộ\r\n").encode("latin-1"),  # two syllables prove nothing
        "Größe;Übung;Äpfel;Öl;Maß;süß;hübsch\r\n".encode("latin-1") * 3,
        to_tcvn3("Tổng số hộ nghèo của xã, huyện, tỉnh;1\r\n").encode("latin-1") * 999
        + to_vni("Tổng số hộ cận nghèo đầu năm của các xã, huyện;2\r\n").encode("latin-1") * 999,
    ],
    ids=["unicode and tcvn3", "too short", "german", "tcvn3 and vni"],
)
def test_csv_that_is_not_clearly_anything_is_refused(opened: Opened, data: bytes) -> None:
    refused = opened("bieu.csv", data).refused
    assert refused is not None
    assert refused.rule == "file-csv-encoding"


def test_an_unread_binary_is_no_csv(opened: Opened) -> None:
    refused = opened("bieu.bin", bytes(range(1, 256)) * 40).refused
    assert refused is not None
    assert refused.rule == "file-not-spreadsheet"
