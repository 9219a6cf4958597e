"""People's mutations of what is written: units, titles, marks, letters, rows, sheets, dialects."""

from __future__ import annotations

import unicodedata
from copy import deepcopy
from decimal import Decimal

from tests.corpus.model import Cell, Row, Sheet
from tests.corpus.traits.registry import each_text
from tests.corpus.traits.rows import FOOTERS
from tests.fuzz.filed import Filed, is_money, is_plain

UNIT_WORDS = ("Đơn vị tính: {}", "Đơn vị: {}", "ĐVT: {}", "ĐV: {}", "ĐV tính: {}", "Đ.v.t: {}",
              "Đơn vị tiền tệ: {}", "({})", "(ĐVT: {})", "ĐƠN VỊ TÍNH: {}")  # fmt: skip
OTHER_UNITS = ("nghìn đồng", "ngàn đồng", "1.000 đồng", "1000 đ", "đồng", "tỷ đồng", "nghìn VNĐ",
               "trăm triệu đồng")  # fmt: skip
NOT_FINAL = {
    "plan_results": ("(Dự thảo)", "(Ước thực hiện 6 tháng)", "(Số liệu 5 tháng)", "(số ước)"),
    "commune_report": ("(Dự thảo)", "(Số liệu tạm tính)", "(Số liệu ước)"),
    "review_result": ("(Dự thảo)", "(Dự kiến)", "(Số liệu tạm tính)"),
    "target_register": ("(Dự thảo)", "(Dự kiến)"),
    "fund_plan": ("(Phần vốn tăng thêm)", "(Dự thảo)", "(Điều chỉnh, bổ sung)"),
}
PLAIN_LINES = ("(Kèm theo Quyết định số 152/QĐ-UBND)", "Biểu số 02", "(Ban hành kèm theo văn bản)")
MARKS = ("{}*", "{}¹", "{}²", "{} (1)", "{}(1)", "{}⁽¹⁾", "{}₁", "{}ª")
CLOSINGS = ("office", "recipients left, office right", "two signatures")
INVISIBLE = ("\u200e", "\ufeff", "\u2060", "\u00ad", "\u200b", "\u200c", "\u202a")


def unit_other(filed: Filed) -> None:
    """Amounts in another unit, said in any wording, above, below or on the page."""
    for _n, sheet in filed.sheets():
        if not any(is_money(sheet, column.name) for column in sheet.columns):
            continue
        text = filed.random.choice(UNIT_WORDS).format(filed.random.choice(OTHER_UNITS))
        form = filed.random.choice(("NFC", "NFC", "NFD"))
        text = unicodedata.normalize(form, text).replace(" ", filed.random.choice((" ", "\u00a0")))
        where = filed.random.choice(("above", "above", "below", "header"))
        sheet.title = [r for r in sheet.title if not any("triệu" in t for *_x, t in r)]
        if where == "above":
            sheet.title.insert(len(sheet.title) - 1, [(0, -1, text)])
        elif where == "below":
            sheet.loose += [{}, {0: text}]
        else:
            sheet.page["header"] = f"&R{text}"
            filed.only("xlsx")
        filed.refused, filed.fair = True, False


def unit_reworded(filed: Filed) -> None:
    """Millions, said in another wording."""
    text = filed.random.choice(UNIT_WORDS).format(filed.random.choice(("triệu đồng", "Triệu đồng")))
    for _n, sheet in filed.sheets():
        sheet.title = [[(a, b, text if "triệu" in t else t) for a, b, t in r] for r in sheet.title]


def title_not_final(filed: Filed) -> None:
    """A line that says that figures are no final ones of the form's period."""
    form, sheet = filed.book.filings[0].form, filed.book.sheets[0]
    if form in NOT_FINAL:
        _add_line(sheet, filed.random.choice(NOT_FINAL[form]))
        filed.refused, filed.fair = True, False


def title_plain(filed: Filed) -> None:
    """A line more that says nothing of the figures."""
    for _n, sheet in filed.sheets():
        if sheet.title:
            _add_line(sheet, filed.random.choice(PLAIN_LINES))


def _add_line(sheet: Sheet, text: str) -> None:
    last = max(n for n, row in enumerate(sheet.title) if row)
    sheet.title.insert(last + 1, [(0, -1, text)])


def mark_behind(filed: Filed) -> None:
    """A footnote mark behind a figure."""
    at = filed.pick()
    if at is not None:
        text = f"{at.cell.typed}".replace(".", ",")
        at.cell.typed, at.cell.number_format = filed.random.choice(MARKS).format(text), ""
        filed.fair = False


def letters_unseen(filed: Filed) -> None:
    """Letters that are not seen, around a figure or inside it."""
    at = filed.pick()
    if at is not None:
        text = f"{at.cell.typed}".replace(".", ",")
        spot = filed.random.choice((0, len(text), filed.random.randint(0, len(text))))
        at.cell.typed = text[:spot] + filed.random.choice(INVISIBLE) + text[spot:]
        at.cell.number_format, filed.fair = "", False


def letters_otherwise(filed: Filed) -> None:
    """Letters taken apart, no-break spaces, two spaces, Ð for Đ."""
    change = filed.random.choice((
        lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace(" ", "  "),
    ))  # fmt: skip
    for _n, sheet in filed.sheets():
        each_text(sheet, change)


def number_typed(filed: Filed) -> None:
    """Figures typed as text, as Vietnamese write numbers."""
    for _n, row, name in filed.numbers():
        if filed.random.random() < 0.3 and is_plain(row.cells[name]):
            cell = row.cells[name]
            text = f"{cell.typed:,}".translate(str.maketrans(",.", ".,"))
            cell.typed, cell.number_format = text, ""


def number_in_words(filed: Filed) -> None:
    """A figure with words: it is read right, or said."""
    at = filed.pick()
    if at is not None:
        text = filed.random.choice(("≥ {}", "khoảng {}", "{} hộ nghèo", "trên {}", "{}/năm", "~{}"))
        at.cell.typed, at.cell.number_format = text.format(f"{at.cell.typed}".replace(".", ",")), ""
        at.cell.figure, filed.fair = None, False
        filed.say(at.sheet, at.row, at.name)


def row_unknown(filed: Filed) -> None:
    """A row of figures under a name that nobody knows, or under none."""
    _n, sheet = filed.random.choice(list(filed.sheets()))
    row = filed.random.choice(sheet.rows_of("data"))
    for cell in row.cells.values():
        cell.figure = None
    row.cells[sheet.key_column] = Cell(filed.random.choice((None, "Khác", "Bản Mới", "Xã Mới")))
    filed.fair = False
    filed.say(sheet, row)


def rows_around(filed: Filed) -> None:
    """Blank rows, words below the table, the header again."""
    _n, sheet = filed.random.choice(list(filed.sheets()))
    at = filed.random.randint(1, len(sheet.rows))
    how = filed.random.randrange(3)
    if how == 0:
        sheet.loose += [dict(line) for line in FOOTERS[filed.random.choice(CLOSINGS)]]
    elif not any(row.merged_down for row in sheet.rows) and sheet.table != "movement":
        kind = Row("other") if how == 1 else Row("header")
        sheet.rows.insert(min(at, len(sheet.rows) - 1), kind)


def cluster(filed: Filed) -> None:
    """The name of a cluster above its communes, with their sums; now and then a wrong one."""
    sheet = filed.book.sheets[0]
    rows = sheet.rows_of("data")
    if sheet.table != "assigned" or any(row.kind == "other" for row in sheet.rows):
        return
    cut = filed.random.randint(2, len(rows) - 2)
    wrong = filed.random.choice((0, 0, 5))
    for label, part in (("Cụm thượng huyện", rows[:cut]), ("Cụm hạ huyện", rows[cut:])):
        figures = [row.cells["cut_households"].figure for row in part]
        if not all(figure and figure.isdigit() for figure in figures):
            return
        total = sum(int(figure or 0) for figure in figures)
        cells = {"unit": Cell(label), "cut_households": Cell(total + wrong)}
        sheet.rows.insert(sheet.rows.index(part[0]), Row("other", label, cells=cells))
    if wrong:
        filed.refused, filed.fair = True, False


def two_sheets(filed: Filed) -> None:
    """The rest of the table on a sheet of its own: titled, under a header, bare."""
    number, sheet = filed.random.choice(list(filed.sheets()))
    rows = sheet.rows_of("data")
    if len(rows) < 4 or any(row.merged_down for row in sheet.rows):
        return
    at = sheet.rows.index(filed.random.choice(rows[1:-1]))
    rest = deepcopy(sheet)
    rest.name = filed.random.choice(("Trang 2", "Sheet2", f"{sheet.name} (tiếp)"))
    rest.rows, sheet.rows = sheet.rows[at:], sheet.rows[:at]
    how = filed.random.choice(("titled", "header", "bare"))
    rest.title = rest.title if how == "titled" else []
    if how == "bare":
        for column in rest.columns:
            column.path = []
    filed.book.sheets.insert(number + 1, rest)
    filed.marks = [(n + (n > number), row, name) for n, row, name in filed.marks]
    filed.fair = False


def csv_dialect(filed: Filed) -> None:
    """A csv of the first sheet, numbers in Vietnamese or English notation, or pandas' own."""
    if len(filed.book.sheets) > 1 or filed.looks_changed or filed.book.sheets[0].page:
        return
    plain = ("csv-utf-8-bom", "csv-utf-16", "csv-utf-8-comma", "csv-sep-line", "csv-pandas",
             "csv-equals", "csv-utf-8-english")  # fmt: skip
    odd = ("csv-english-thousands", "csv-english-three")
    chosen = filed.random.choice((*plain, *odd))
    filed.writers = (chosen,)
    if chosen in odd:
        filed.fair = False
        for _n, row, name in filed.numbers():
            cell = row.cells[name]
            number = Decimal(cell.typed)
            pattern = "{:,.3f}" if chosen.endswith("three") and number % 1 else "{:,}"
            cell.typed, cell.number_format = pattern.format(cell.typed), ""
        filed.writers = ("csv-utf-8-comma",)


def written_otherwise(filed: Filed) -> None:
    """The same workbook as another program might write its XML."""
    filed.only("xlsx", "ods")
    filed.shapes = filed.random.randint(1, 3)


WORDS = (
    unit_other, unit_reworded, title_not_final, title_plain, mark_behind, letters_unseen,
    letters_otherwise, number_typed, number_in_words, row_unknown, rows_around, cluster,
    two_sheets, csv_dialect, written_otherwise,
)  # fmt: skip
