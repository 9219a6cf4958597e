"""Files that are no xlsx: old Excel, LibreOffice, pictures, what is too large."""

import struct
import zlib
from io import BytesIO

import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.damage.base import Built, damaged, ods, pack, sound


@damaged("an xlsx with a password", "file-encrypted")
def password_xlsx() -> Built:
    return "password.xlsx", _rename_entry(_xls(), "Workbook", "EncryptedPackage")


@damaged("an xls with a password", "file-encrypted")
def password_xls() -> Built:
    stream = _book().get_biff_data()
    head = 4 + struct.unpack_from("<H", stream, 2)[0]
    return "password.xls", _ole(stream[:head] + struct.pack("<HH54x", 0x2F, 54) + stream[head:])


@damaged("an xls with a VBA project", "file-macro")
def macro_xls() -> Built:
    return "macro.xls", _rename_entry(_xls(), "", "_VBA_PROJECT_CUR")


@damaged("an xls cut off in the middle", "file-damaged")
def truncated_xls() -> Built:
    return "cut.xls", _xls()[:1500]


@damaged("an xls with one value in its last cell", "file-too-wide")
def far_xls() -> Built:
    return "far.xls", _xls(last=True)


@damaged("an xls that declares half a million rows", "file-damaged")
def impossible_extent() -> Built:
    stream = bytearray(_book().get_biff_data())
    at = stream.find(struct.pack("<HHIIHH", 0x200, 14, 0, 1, 0, 1))
    struct.pack_into("<I", stream, at + 8, 524_296)
    return "extent.xls", _ole(bytes(stream))


@damaged("an ods with a password", "file-encrypted")
def password_ods() -> Built:
    return "password.ods", pack(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": zlib.compress(b"<x/>"),
            "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>",
        }
    )


@damaged("an ods with one value repeated over a million rows and all columns", "file-too-wide")
def repeated_ods() -> Built:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float"'
        ' office:value="1"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return "repeated.ods", ods(row)


@damaged("an ods cell of two texts: LibreOffice shows 57, others 75", "file-two-texts")
def two_texts_ods() -> Built:
    cell = (
        '<table:table-cell office:value-type="string" office:string-value="57"><text:p>75</text:p>'
        "</table:table-cell>"
    )
    return "two_texts.ods", ods(f"<table:table-row>{cell}</table:table-row>")


@damaged("an ods formatted to its last row, as LibreOffice saves it", None)
def formatted_ods() -> Built:
    cell = (
        '<table:table-cell office:value-type="string"><text:p>Xã Kim Hỷ</text:p></table:table-cell>'
    )
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    return "formatted.ods", ods(
        f"<table:table-row>{cell}{rest}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048575">{rest}</table:table-row>'
    )


@damaged("a LibreOffice text named .ods", "file-not-spreadsheet")
def text_document() -> Built:
    return "bao_cao.ods", ods("", mimetype="application/vnd.oasis.opendocument.text")


@damaged("a picture named .xlsx", "file-not-spreadsheet")
def picture() -> Built:
    return "anh.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)


@damaged("more than 20 MB", "file-too-large")
def too_large() -> Built:
    return "large.xlsx", sound() + bytes(21 * 2**20)


def _book(*, last: bool = False) -> xlwt.Workbook:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu 1")
    sheet.write(0, 0, "Xã Kim Hỷ")
    if last:
        sheet.write(65535, 255, 1)
    return book


def _ole(stream: bytes) -> bytes:
    target = BytesIO()
    XlsDoc().save(target, stream)
    return target.getvalue()


def _xls(*, last: bool = False) -> bytes:
    return _ole(_book(last=last).get_biff_data())


def _rename_entry(data: bytes, old: str, new: str) -> bytes:
    """Rename a directory entry of an OLE file; "" takes one that is not in use."""
    sector = struct.unpack_from("<I", data, 48)[0]
    first = (sector + 1) * 512
    changed = bytearray(data)
    for at in range(first, first + 512, 128):
        length = struct.unpack_from("<H", data, at + 64)[0]
        if data[at : at + max(length - 2, 0)].decode("utf-16-le") == old:
            changed[at : at + 64] = new.encode("utf-16-le").ljust(64, b"\0")
            struct.pack_into("<H", changed, at + 64, 2 * len(new) + 2)
            return bytes(changed)
    raise ValueError(f"no entry {old!r}")
