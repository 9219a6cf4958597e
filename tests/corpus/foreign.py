"""Other kinds of files that people file as workbooks; each holds the drawn sheets as it can.

`FOREIGN` by the name of a format: the writer, and the ending of the file's name.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from tests.corpus.model import Cell, Drawn
from tests.corpus.old_writers import ods_content
from tests.corpus.velvet import encrypted
from tests.corpus.writers import Writer, displayed, write_csv
from tests.corpus.xlsx_writer import write_xlsx

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_WHEN = (2025, 2, 13, 8, 0, 0)


def _lines(page: Drawn) -> list[list[str]]:
    """What the sheet shows, row by row."""
    lines = [["" for _ in range(page.width)] for _ in range(page.height)]
    for (row, column), (cell, _kind) in page.cells.items():
        lines[row][column] = displayed(cell, vietnamese=True)
    return lines


def _table(pages: Sequence[Drawn]) -> str:
    return "".join(
        "<table border=1>"
        + "".join(
            f"<tr>{''.join(f'<td>{escape(t)}</td>' for t in line)}</tr>" for line in _lines(p)
        )
        + "</table>"
        for p in pages
    )


def write_html(pages: Sequence[Drawn], name: str) -> bytes:
    """A web page that Excel opens, as many web programs export it."""
    head = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head>"
        f"<meta charset=utf-8><title>{name}</title></head><body>"
    )
    return f"{head}{_table(pages)}</body></html>".encode()


def write_bare_table(pages: Sequence[Drawn], name: str) -> bytes:
    """A table of HTML and nothing around it."""
    return f"\r\n<!-- {name} -->\r\n{_table(pages)}".encode()


def write_mhtml(pages: Sequence[Drawn], name: str) -> bytes:
    """A web archive: Excel's "Single File Web Page"."""
    mark = "----=_NextPart_01DB7E1A.1F2A3B40"
    return (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        f'Content-Type: multipart/related; boundary="{mark}"\r\n\r\n--{mark}\r\n'
        f"Content-Location: file:///C:/{name}.htm\r\nContent-Transfer-Encoding: 8bit\r\n"
        'Content-Type: text/html; charset="utf-8"\r\n\r\n'
        f"<html><body>{_table(pages)}</body></html>\r\n--{mark}--\r\n"
    ).encode()


def write_spreadsheetml(pages: Sequence[Drawn], name: str) -> bytes:
    """Excel's "XML Spreadsheet 2003"."""
    sheets = "".join(
        f"<Worksheet ss:Name={quoteattr(page.sheet.name)}><Table>"
        + "".join(f"<Row>{''.join(map(_data, line))}</Row>" for line in _lines(page))
        + "</Table></Worksheet>"
        for page in pages
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{_SS}" xmlns:ss="{_SS}"><!--{name}-->{sheets}</Workbook>'
    ).encode()


def _data(text: str) -> str:
    return f'<Cell><Data ss:Type="String">{escape(text)}</Data></Cell>'


def write_fods(pages: Sequence[Drawn], name: str) -> bytes:
    """LibreOffice's "Flat XML"."""
    content = ods_content(pages).replace("document-content", "document")
    mark = f'<office:document office:mimetype="{_TYPE}" '
    text = content.replace("<office:document ", mark, 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!--{name}-->\n{text}'.encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part, _WHEN), content)
    return target.getvalue()


def write_zip(pages: Sequence[Drawn], name: str) -> bytes:
    """Two workbooks packed together, as mail programs and scanners send them."""
    data = write_xlsx(pages, name)
    return _zipped({f"{name}/báo cáo 1.xlsx": data, f"{name}/báo cáo 2.xlsx": data})


def write_zip_of_one(pages: Sequence[Drawn], name: str) -> bytes:
    """One workbook, packed once more."""
    return _zipped({f"{name}.xlsx": write_xlsx(pages, name)})


def write_xlsb(pages: Sequence[Drawn], name: str) -> bytes:
    """An Excel binary workbook, as far as its parts tell."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _zipped({
        "[Content_Types].xml": types.encode(),
        "xl/workbook.bin": b"\x83\x01\x00" + name.encode(),
        "xl/worksheets/sheet1.bin": b"\x81\x01\x00",
    })  # fmt: skip


def write_numbers(pages: Sequence[Drawn], name: str) -> bytes:
    """An Apple Numbers document, as far as its parts tell."""
    return _zipped({
        "Index/Document.iwa": b"\x00\x00\x00\x00" + name.encode(),
        "Index/Tables/DataList.iwa": b"\x00",
        "Metadata/Properties.plist": b"bplist00",
        "preview.jpg": b"\xff\xd8\xff",
    })  # fmt: skip


def write_gsheet(pages: Sequence[Drawn], name: str) -> bytes:
    """The shortcut that Google Drive keeps of a spreadsheet."""
    link = f"https://docs.google.com/open?id={name}"
    return f'{{"url": "{link}", "doc_id": "{name}", "email": "-"}}'.encode()


def write_lock(pages: Sequence[Drawn], name: str) -> bytes:
    """The file "~$…" that Excel keeps beside an open workbook."""
    user = name[:50]
    ansi, wide = user.encode("ascii").ljust(54), user.ljust(54).encode("utf-16-le")
    return (bytes([len(user)]) + ansi + bytes([len(user), 0]) + wide)[:165].ljust(165)


def write_biff2(pages: Sequence[Drawn], name: str) -> bytes:
    """Excel 2.1: records in a row, no container."""
    records = [struct.pack("<HHHH", 0x0009, 4, 2, 0x10)]
    for (row, column), (cell, _kind) in pages[0].cells.items():
        text = displayed(cell, vietnamese=True).encode("cp1258", "replace")[:255]
        body = struct.pack("<HH3sB", row, column, b"\0\0\0", len(text)) + text
        records.append(struct.pack("<HH", 0x0004, len(body)) + body)
    records.append(struct.pack("<HH", 0x000A, 0))
    return b"".join(records)


def write_velvet(pages: Sequence[Drawn], name: str) -> bytes:
    """Protected with the password that Excel tries by itself, so that it opens without asking."""
    return encrypted(write_xlsx(pages, name), "VelvetSweatshop")


def write_secret(pages: Sequence[Drawn], name: str) -> bytes:
    """Protected with a password."""
    return encrypted(write_xlsx(pages, name), "bi-mat")


def write_pandas_csv(pages: Sequence[Drawn], name: str) -> bytes:
    """As pandas writes a column of numbers with a blank in it: 15.0."""

    def shown(cell: Cell) -> str:
        if isinstance(cell.typed, str) or cell.typed is None:
            return str(cell.typed or "")
        return repr(float(cell.typed))  # type: ignore[arg-type]

    return write_csv(lambda text: text.encode(), ",", shown=shown)(pages, name)


def write_equals_csv(pages: Sequence[Drawn], name: str) -> bytes:
    """="15", which keeps Excel from changing what it opens."""

    def shown(cell: Cell) -> str:
        text = displayed(cell, vietnamese=True)
        return f'="{text}"' if text else ""

    return write_csv(lambda text: text.encode("utf-8-sig"), ";", shown=shown)(pages, name)


def _broken(text: str) -> bytes:
    """UTF-8 taken for Windows' letters, and written as UTF-8 once more."""
    return text.encode().decode("latin-1").encode()


FOREIGN: dict[str, tuple[Writer, str]] = {
    "html": (write_html, "xls"),
    "html-table": (write_bare_table, "xls"),
    "html-as-xlsx": (write_html, "xlsx"),
    "mhtml": (write_mhtml, "xls"),
    "spreadsheetml": (write_spreadsheetml, "xls"),
    "spreadsheetml-as-xml": (write_spreadsheetml, "xml"),
    "fods": (write_fods, "fods"),
    "zip": (write_zip, "zip"),
    "zip-of-one": (write_zip_of_one, "xlsx"),
    "xlsb": (write_xlsb, "xlsb"),
    "numbers": (write_numbers, "numbers"),
    "numbers-as-xlsx": (write_numbers, "xlsx"),
    "gsheet": (write_gsheet, "gsheet"),
    "lock": (write_lock, "xlsx"),
    "biff2": (write_biff2, "xls"),
    "velvet": (write_velvet, "xlsx"),
    "secret": (write_secret, "xlsx"),
    "csv-pandas": (write_pandas_csv, "csv"),
    "csv-equals": (write_equals_csv, "csv"),
    "csv-mojibake": (write_csv(_broken, ";"), "csv"),
    "csv-mojibake-twice": (write_csv(lambda t: _broken(_broken(t).decode()), ";"), "csv"),
    "csv-question-marks": (write_csv(lambda t: t.encode("latin-1", "replace"), ";"), "csv"),
    "csv-replaced": (
        write_csv(lambda t: "".join(x if x < "\x80" else "\ufffd" for x in t).encode(), ";"), "csv",
    ),
    "csv-utf-8-comma": (write_csv(lambda t: t.encode("utf-8-sig"), ","), "csv"),
    "csv-sep-line": (write_csv(lambda t: f"sep=;\r\n{t}".encode("utf-8-sig"), ";"), "csv"),
}  # fmt: skip
