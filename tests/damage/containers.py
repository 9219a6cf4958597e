"""What can be wrong with the zip around the sheets."""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import LineChart

from tests.damage.base import (
    RELATIONSHIPS,
    SHEET,
    SST,
    STRINGS,
    WORKBOOK,
    Built,
    change,
    damaged,
    number_row,
    pack,
    replace,
    sheet_xml,
    sound,
    sound_parts,
    with_rows,
)

CENTRAL = b"PK\x01\x02"
MEGABYTE = 10**6
DOCTYPE = b'<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
LAUGHS = b"<!DOCTYPE sst [<!ENTITY l0 'ha'>%s]>" % b"".join(
    b"<!ENTITY l%d '%s'>" % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)


@damaged("a zip cut off in the middle", "file-incomplete")
def truncated_zip() -> Built:
    return "cut.xlsx", sound()[: len(sound()) // 2]


@damaged("a part whose checksum is wrong", "file-damaged")
def bad_checksum() -> Built:
    data = bytearray(sound())
    at = data.find(CENTRAL) + 16
    data[at] ^= 0xFF
    return "crc.xlsx", bytes(data)


@damaged("160 MB of zeros in a few KB, honestly declared", "file-bomb")
def zip_bomb() -> Built:
    target = BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(SHEET, "w") as part,
    ):
        for _ in range(160):
            part.write(bytes(MEGABYTE))
    return "bomb.xlsx", target.getvalue()


@damaged("a part that unpacks to far more than it declares", "file-bomb")
def lying_bomb() -> Built:
    data = bytearray(with_rows(number_row("A1", "1" + " " * 20 * MEGABYTE)))
    at = _central_entry(data, SHEET)
    struct.pack_into("<I", data, at + 24, 1000)
    return "lying.xlsx", bytes(data)


@damaged("parts that overlap: many directory entries for the same bytes", "file-bomb")
def overlapping_bomb() -> Built:
    data = bytearray(sound())
    shared = data[_central_entry(data, WORKBOOK) + 42 :][:4]
    at = _central_entry(data, SHEET)
    data[at + 42 : at + 46] = shared
    return "overlap.xlsx", bytes(data)


@damaged("zips inside a zip, no workbook", "file-archive")
def nested_zips() -> Built:
    inner = pack({f"{n}.zip": bytes(MEGABYTE) for n in range(3)})
    return "nested.xlsx", pack({f"{n}.zip": inner for n in range(10)})


@damaged("the flag of an encrypted zip entry", "file-encrypted")
def encrypted_entry() -> Built:
    data = bytearray(sound())
    data[data.find(CENTRAL) + 8] |= 1
    return "locked.xlsx", bytes(data)


@damaged("a VBA project", "file-macro")
def macro() -> Built:
    return "macro.xlsm", change({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


@damaged("a VBA project under another name", "file-macro")
def macro_renamed() -> Built:
    override = (
        b'<Override PartName="/xl/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    )
    return "macro.xlsx", replace("[Content_Types].xml", b"</Types>", override + b"</Types>")


@damaged("an Excel 4 macro sheet", "file-macro")
def macro_sheet() -> Built:
    return "macro4.xlsx", change({"xl/macrosheets/sheet1.xml": sheet_xml(b"")})


@damaged("an external entity in the shared strings", "file-entity")
def external_entity() -> Built:
    return "xxe.xlsx", change({STRINGS: DOCTYPE + SST % b"&a;"})


@damaged("entities that multiply (billion laughs)", "file-entity")
def billion_laughs() -> Built:
    return "laughs.xlsx", change({STRINGS: LAUGHS + SST % b"&l9;"})


@damaged("an entity hidden in a UTF-16 part", "file-entity")
def entity_utf16() -> Built:
    xml = (DOCTYPE + SST % b"&a;").decode()
    return "xxe16.xlsx", change({STRINGS: xml.encode("utf-16")})


@damaged("two parts of one name", "file-damaged")
def duplicate_part() -> Built:
    target = BytesIO(sound())
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo(SHEET.replace("sheet1", "sheet9"))
        archive.writestr(info, sheet_xml(number_row("A1", "1")))
    return "twice.xlsx", target.getvalue().replace(b"sheet9", b"sheet1")


@damaged("a part named to land outside", "file-damaged")
def path_traversal() -> Built:
    return "climb.xlsx", change({"../../etc/cron.d/x": b"x"})


@damaged("a part that is a symbolic link", "file-damaged")
def symlink() -> Built:
    target = BytesIO(sound())
    with zipfile.ZipFile(target, "a") as archive:
        link = zipfile.ZipInfo("xl/media/image1.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    return "link.xlsx", target.getvalue()


@damaged("a compression method no office program writes", "file-damaged")
def odd_compression() -> Built:
    target = BytesIO(sound())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/extra.xml", "<a/>", zipfile.ZIP_BZIP2)
    return "bzip2.xlsx", target.getvalue()


@damaged("5 000 sheets", "file-bomb")
def many_sheets() -> Built:
    sheets = {f"xl/worksheets/sheet{n}.xml": sheet_xml(b"") for n in range(2, 5001)}
    return "sheets.xlsx", change(sheets)


@damaged("no workbook.xml", "file-damaged")
def missing_workbook() -> Built:
    return "no_workbook.xlsx", change({}, without=[WORKBOOK])


@damaged("no shared strings although cells point to them", "file-damaged")
def missing_strings() -> Built:
    return "no_strings.xlsx", change({}, without=[STRINGS])


@damaged("a sheet part that is not there", "file-damaged")
def missing_sheet() -> Built:
    return "no_sheet.xlsx", change({}, without=[SHEET])


@damaged("no styles", None)
def missing_styles() -> Built:
    return "no_styles.xlsx", change({}, without=["xl/styles.xml"])


@damaged("a sheet found by an absolute path inside the workbook", None)
def absolute_target() -> Built:
    return "absolute.xlsx", replace(RELATIONSHIPS, b'"worksheets/', b'"/xl/worksheets/')


@damaged("a sheet that is a file of this machine", "file-damaged")
def outside_target() -> Built:
    return "outside.xlsx", replace(RELATIONSHIPS, b'"worksheets/sheet1.xml"', b'"/etc/hostname"')


@damaged("a sheet too wide, kept among the themes", "file-damaged")
def sheet_among_themes() -> Built:
    return "theme.xlsx", _hidden_sheet("xl/theme/theme9.xml", b"theme/theme9.xml")


@damaged("a sheet too wide, kept among the document's properties", "file-damaged")
def sheet_among_properties() -> Built:
    return "properties.xlsx", _hidden_sheet("docProps/sheet.xml", b"/docProps/sheet.xml")


@damaged("a sheet too wide that does not begin like XML", "file-damaged")
def sheet_behind_blanks() -> Built:
    name = "xl/worksheets/sheet1.dat"
    return "blanks.xlsx", _hidden_sheet(name, b"worksheets/sheet1.dat", b" " * 600)


@damaged("a sheet too wide that only its second name, in Unicode, calls a sheet", "file-damaged")
def sheet_by_second_name() -> Built:
    name, sheet = "xl/theme/theme9.xml", SHEET.encode()
    extra = struct.pack("<BI", 1, zlib.crc32(name.encode())) + sheet
    target = BytesIO(change({}, without=[SHEET]))
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.extra = struct.pack("<2H", 0x7075, len(extra)) + extra
        archive.writestr(info, sheet_xml(number_row("CVA20000", "1")))
    return "second_name.xlsx", target.getvalue()


@damaged("a sheet that is the workbook itself", "file-empty")
def circular_target() -> Built:
    return "circle.xlsx", replace(RELATIONSHIPS, b"worksheets/sheet1.xml", b"workbook.xml")


@damaged("a workbook with a chart sheet only", "file-empty")
def chart_only() -> Built:
    target, book = BytesIO(), Workbook()
    book.create_chartsheet("Biểu đồ").add_chart(LineChart())
    book.remove(book.worksheets[0])
    book.save(target)
    return "chart.xlsx", target.getvalue()


@damaged("a Word document named .xlsx", "file-word-no-table")
def word_document() -> Built:
    return "bao_cao.xlsx", pack({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@damaged("a binary workbook (xlsb)", "file-xlsb")
def binary_workbook() -> Built:
    return "bieu.xlsb", change({"xl/workbook.bin": b"\x83\x01\x00"}, without=[WORKBOOK])


@damaged("a spreadsheet of Apple's Numbers", "file-numbers")
def numbers() -> Built:
    parts = {"Index/Document.iwa": b"\x00\x10", "Metadata/Properties.plist": b"bplist00"}
    return "bieu.numbers", pack(parts)


@damaged("an empty zip", "file-empty")
def empty_zip() -> Built:
    return "empty.xlsx", pack({})


def _hidden_sheet(name: str, target: bytes, before: bytes = b"") -> bytes:
    """The sound workbook whose sheet is another part: one value, a grid of 1.6 GB."""
    start = sound_parts()[RELATIONSHIPS]
    relationships = start.replace(b"worksheets/sheet1.xml", target)
    sheet = sheet_xml(number_row("CVA20000", "1")).partition(b"?>")[2]
    return change({name: before + sheet, RELATIONSHIPS: relationships}, without=[SHEET])


def _central_entry(data: bytearray, name: str) -> int:
    """Offset of a part's entry in the directory of a zip."""
    return data.rfind(CENTRAL, 0, data.rfind(name.encode()))
