"""The guard's shortcuts against second methods: expat on the whole part, zipfile's own reading."""

import re
import zipfile
from io import BytesIO
from random import Random
from xml.parsers import expat

import pytest

from etl.read import container
from etl.read.container import directory, inflate
from etl.read.guard import inspect_zip
from etl.read.refusal import MAX_COLUMNS, MAX_ROWS, Refused
from etl.read.xlsx.page_parts import page_of
from etl.read.xlsx.styles import NO_STYLES
from tests.damage.base import (
    SHEET,
    SST,
    STRINGS,
    change,
    number_row,
    pack,
    sheet_xml,
    sound,
    sound_parts,
    with_rows,
)

# What the common writers put on a row: Excel, LibreOffice, a formula, a text of its own, a blank.
ROWS = (
    '<row r="1" spans="1:3" ht="15.75"><c r="A1" s="2" t="s"><v>0</v></c>'
    '<c r="B1" s="1"/><c r="C1"><v>415</v></c></row>'
    '<row r="2" ht="12.8" hidden="false"><c r="A2" s="0" t="n"><f aca="false">SUM(C1:C2)</f>'
    '<v>4.5E-2</v></c><c r="B2" t="str"><f>A1</f><v>Xã</v></c><c r="C2"><f>A1</f></c></row>'
    '<row r="3"/><row r="4"><c r="A4" t="inlineStr"><is><t>Cộng</t></is></c></row>'
    '<row r="5"><c r="A5" t="e"><v>#N/A</v></c></row>'
).encode()
PARTS = {SHEET: sheet_xml(ROWS), STRINGS: (SST % b"a</t></si><si><t>b</t></si><si><t>c")}
FAR = (
    b'<c\tr="CVA20000"><v>1</v></c>',
    b'<c\nr="CVA20000"><v>1</v></c>',
    b'<c  r="CVA20000"><v>1</v></c>',
    b"<c r='CVA20000'><v>1</v></c>",
    b'<c r ="CVA20000"><v>1</v></c>',
    b'<c r= "CVA20000"><v>1</v></c>',
    b'<c r="cva20000"><v>1</v></c>',
    b'<c s="0" r="CVA20000"><v>1</v></c>',
    b'<c r="CVA20000" s="0" t="n"><f>A1</f><v>1</v></c>',
    b'<c r="CVA20000" t="inlineStr"><is><t>x</t></is></c>',
    b'<c r="CVA20000" x="/>"><v>1</v></c>',
    b'<!-- --><c r="CVA20000"><v>1</v></c>',
    b'<c r="A1"><v>1</v></c><c r="CVA20000"><v>1</v></c>',
)


def edited(xml: bytes, random: Random) -> bytes:
    """One tag dropped, doubled or changed with its neighbour, or one byte dropped or put in."""
    kind = random.randrange(5)
    tags = list(re.finditer(rb"<[^>]+>", xml))
    first = random.randrange(len(tags) - 1)
    one, other = tags[first], tags[first + 1]
    at = random.randrange(len(xml))
    if kind == 0:
        return xml[: one.start()] + xml[one.end() :]
    if kind == 1:
        return xml[: one.end()] + one[0] + xml[one.end() :]
    if kind == 2:
        between = xml[one.end() : other.start()]
        return xml[: one.start()] + other[0] + between + one[0] + xml[other.end() :]
    if kind == 3:
        return xml[:at] + xml[at + 1 :]
    return xml[:at] + random.choice((b"<", b">", b"&", b'"', b"/", b" ")) + xml[at:]


def is_well_formed(xml: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):
        return False
    return True


@pytest.mark.parametrize("part", PARTS)
def test_no_xml_is_read_that_is_not_well_formed(part: str) -> None:
    random = Random(part)
    assert inspect_zip(change(PARTS))
    refused = 0
    for _ in range(1500):
        xml = edited(PARTS[part], random)
        if is_well_formed(xml):
            continue
        refused += 1
        with pytest.raises(Refused):
            inspect_zip(change({**PARTS, part: xml}))
    assert refused > 500


@pytest.mark.parametrize(
    "cell",
    [
        b"<v>4&5</v>",
        b"<v>4>5]]></v>",
        b"<v>\xff</v>",
        b"<v>\x01</v>",
        b"<v>4</v><v>5",
        b"<f>A1&B1</f><v>5</v>",
        b'<f t="a"b"><v>5</v>',
        b'<f t="&"/><v>5</v>',
        b'<f t="<"/><v>5</v>',
    ],
)
def test_no_value_is_plain_that_is_not_well_formed(cell: bytes) -> None:
    xml = sheet_xml(b'<row r="1"><c r="A1">' + cell + b"</c></row>")
    assert not is_well_formed(xml)
    with pytest.raises(Refused):
        inspect_zip(change({SHEET: xml}))


@pytest.mark.parametrize("cell", FAR)
@pytest.mark.parametrize("before", [b"", number_row("A1", "1"), ROWS])
def test_no_spelling_hides_a_far_cell(cell: bytes, before: bytes) -> None:
    last = b'<row r="20000">' + cell + b"</row>"
    with pytest.raises(Refused) as refused:
        inspect_zip(with_rows(before + last + number_row("A20001", "1")))
    assert refused.value.rule == "file-too-wide"


@pytest.mark.parametrize("cell", [b'<c r="CVA20000"><v>1</v></c>', b"<c><v>1</v></c>"])
def test_a_far_cell_before_the_plain_rows(cell: bytes) -> None:
    far = b'<x:row xmlns:x="urn:x" r="1048576">' + cell + b"</x:row>"
    with pytest.raises(Refused) as refused:
        inspect_zip(with_rows(far + number_row("A1", "1")))
    assert refused.value.rule == "file-damaged"  # no spreadsheet program knows such a row


@pytest.mark.parametrize("around", [(b'<x y="', b'"/>'), (b"<x y='", b"'/>"), (b"<x ", b"/>")])
def test_plain_rows_are_no_attribute(around: tuple[bytes, bytes]) -> None:
    xml = sheet_xml(number_row("A1", "1").join(around))
    assert not is_well_formed(xml)
    with pytest.raises(Refused):
        inspect_zip(change({SHEET: xml}))


def flipped(data: bytes, random: Random) -> bytes:
    """Up to three bytes of the directory changed, doubled or dropped, or some put behind it."""
    out = bytearray(data)
    first = data.find(b"PK\x01\x02")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(first, len(out))
        kind = random.randrange(6)
        if kind < 3:
            out[at] = random.choice((0, 1, 8, 32, 46, 47, 255, random.randrange(256)))
        elif kind == 3:
            out[at:at] = out[at : at + 1]
        elif kind == 4:
            del out[at]
        else:
            out += random.choice((b"\0", b"PK\x05\x06", b"x" * 22))
    return bytes(out)


def test_the_directory_says_what_zipfile_reads_in_it() -> None:
    random = Random(1)
    read = 0
    for _ in range(5000):
        data = flipped(sound(), random)
        try:
            entries = [part.entry for part in directory(data).values()]
        except Refused:
            continue
        read += 1
        infos = zipfile.ZipFile(BytesIO(data), metadata_encoding="latin-1").infolist()
        assert entries == [
            (
                info.filename.encode("utf-8" if info.flag_bits & 0x800 else "latin-1"),
                info.flag_bits,
                info.compress_type,
                info.CRC,
                info.compress_size,
                info.file_size,
                info.external_attr,
                info.header_offset,
            )
            for info in sorted(infos, key=lambda info: info.header_offset)
        ]
    assert read > 500


def test_a_reader_gets_what_was_looked_into_and_nothing_else() -> None:
    large = sheet_xml(number_row("A1", "1" * 5 * 10**6))
    more = {"xl/worksheets/bảng.xml": large, "xl/media/image1.png": b"\x89PNG", "xl/x.bin": b"\0"}
    parts = {**sound_parts(), **more}
    data = pack(parts)
    _seen, packed = inspect_zip(data)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: content
            for name, content in parts.items()
            if not name.startswith(("xl/theme/", "docProps/", "xl/media/", "xl/x.bin"))
        }
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
    assert kinds[SHEET] == zipfile.ZIP_STORED
    assert kinds["xl/worksheets/bảng.xml"] == zipfile.ZIP_DEFLATED
    assert len(packed) < 10**6


@pytest.mark.parametrize("claim", ["crc", "size"])
def test_a_part_that_was_sound_in_another_file_is_not_taken_for_it(claim: str) -> None:
    data = pack(sound_parts())
    part = directory(data)["xl/workbook.xml"]
    assert inflate(data, part)
    false = part.entry._replace(**{claim: getattr(part.entry, claim) ^ 1})
    with pytest.raises(Refused):
        inflate(data, part._replace(entry=false))


def test_a_small_part_packed_large_is_not_remembered() -> None:
    data = pack(sound_parts())
    part = directory(data)["xl/workbook.xml"]
    long = data[part.offset : part.offset + part.entry.packed] + bytes(10**6)
    entry = part.entry._replace(packed=len(long))
    sound_content, before = inflate(data, part), container._again.cache_info()
    assert inflate(long, part._replace(entry=entry, offset=0)) == sound_content
    assert container._again.cache_info() == before


def test_panes_frozen_far_away_take_no_memory() -> None:
    view = (
        b'<worksheet><sheetViews><sheetView topLeftCell="ZZZ9999999"><pane xSplit="1" ySplit="1"'
        b' state="frozen"/></sheetView></sheetViews><sheetData/></worksheet>'
    )
    page = page_of(view, NO_STYLES)
    assert (len(page.hidden_rows), len(page.hidden_columns)) == (MAX_ROWS, MAX_COLUMNS)
