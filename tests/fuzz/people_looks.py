"""People's mutations of how figures look: formats, fonts, hidden lines, merged cells, formulas."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.corpus.model import Cell, Edit, Formula
from tests.fuzz.filed import Filed, is_count, is_money, is_plain, is_rate

WHITE = {"font_color": "#FFFFFF"}
STRUCK = {"font_strikeout": True}
EVERY_DAY = (
    "General", "0", "#,##0", "#,##0.00", "0.00", "#,##0_);(#,##0)", "@", "[$-42A]#,##0.00",
    '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "#,##0.00_ ;[Red]\\-#,##0.00\\ ",
    "[Blue]#,##0.00;[Red]-#,##0.00", "# ##0.00", "??0.00", "0.0#",
)  # fmt: skip
HOLDING = ('"1"0', '0"0"', '0".000"', "0\\5", '0"5"', "0!7", '"9."0', '"-"0', "(0)", "[h]:mm",
           '"x"', '0"K"', "0.0,", '#,##0,"K"', "0%%")  # fmt: skip
HIDING = (";;;", ";-0;0", '" ";" ";" "', '"";"";""', ";;")
PERCENT = ("0.00%", "0.0###%", "0.00%;-0.00%", "[Blue]0.00%", "[>=0]0.00%;0.00", "% 0.00")
PERCENT_WORDS = ('0.00" %"', "0.00\\%", "0.00_%", '[<=100]0.00" %";0%', "0.00;-0.00%")
MONEY_WORDS = ('#,##0" nghìn đồng"', '#,##0\\ "₫"', "#,##0\\ [$₫-42A]", '#,##0.00" tỷ"',
               '"$"#,##0.00', '#,##0" đ"')  # fmt: skip


def format_every_day(filed: Filed) -> None:
    """A column under a format of every day; decimals that it leaves out are still there."""
    at = filed.pick()
    number_format = filed.random.choice(EVERY_DAY)
    for row in at.sheet.rows_of("data", "total") if at is not None else ():
        cell = row.cells.get(at.name)
        if cell is not None and is_plain(cell):
            cell.number_format = number_format
            if "." not in number_format and number_format not in ("General", "@"):
                rounded = Decimal(cell.figure).quantize(Decimal(1), "ROUND_HALF_UP")
                cell.figure = f"{cell.figure}|{rounded}"
    filed.only("xlsx", "xls")


def _with_literal(random: Random) -> str:
    """A format that prints something before or behind the number: a digit, a word for a scale."""
    number = random.choice(("0", "#,##0", "#,##0.00", "??0", "0.0#", "[Red]0", "_(* #,##0_)"))
    digit = random.choice("123456789")
    literal = random.choice((f'"{digit}"', f"\\{digit}", f"!{digit}", f'"{digit}."', f'" {digit}"',
                             f'".{digit}00"', '"K"', '" nghìn"', '" tá"', '"M"'))  # fmt: skip
    is_digit = any(letter.isdigit() for letter in literal)
    before = random.random() < 0.5 and is_digit and number[0] not in "[_"
    shown = literal + number if before else number + literal
    return random.choice(("{}", "{};-{}", "[>=0]{};0", "[<0]0;{}", "{};{};@")).replace("{}", shown)


def format_holding(filed: Filed) -> None:
    """A figure under a format that shows another one."""
    filed.only("xlsx", "xls")
    at = filed.pick()
    if at is not None and at.cell.typed >= 1:  # less than one may be rounded to nothing
        composed = filed.random.random() < 0.6
        how = _with_literal(filed.random) if composed else filed.random.choice(HOLDING)
        at.cell.number_format, at.cell.figure, filed.fair = how, None, False
        filed.say(at.sheet, at.row, at.name)


def format_scaling(filed: Filed) -> None:
    """A figure a thousand times as large under a format that takes it back."""
    filed.only("xlsx", "xls")
    at = filed.pick()
    if at is not None:
        commas = filed.random.choice((1, 2))
        at.cell.typed = Decimal(at.cell.typed) * 1000**commas
        at.cell.number_format, filed.fair = "#,##0.###" + "," * commas, False


def format_scaled_away(filed: Filed) -> None:
    """A whole column of amounts under a scaling comma, so that no sum gives it away."""
    filed.only("xlsx", "xls")
    at = filed.pick(money=True)
    if at is not None:
        for row in at.sheet.rows_of("data", "total"):
            for each, cell in row.cells.items():
                if is_money(at.sheet, each) and cell.figure is not None:
                    cell.number_format, cell.figure = "#,##0.00,", None
                    filed.say(at.sheet, row if row.kind == "data" else None, each)
        filed.fair = False


def format_hiding(filed: Filed) -> None:
    """A figure under a format that shows nothing."""
    filed.only("xlsx", "xls")
    at = filed.pick()
    if at is not None:
        at.cell.number_format, filed.fair = filed.random.choice(HIDING), False
        filed.say(at.sheet, at.row, at.name)


def format_percent(filed: Filed) -> None:
    """A rate as a share under a format of percent, or as it is under one that looks like it."""
    filed.only("xlsx", "xls")
    rates = [(n, r, name) for n, r, name in filed.numbers() if is_rate(name)]
    if rates:
        _n, row, name = filed.random.choice(rates)
        cell = row.cells[name]
        if filed.random.random() < 0.5:
            cell.typed, cell.number_format = Decimal(cell.typed) / 100, filed.random.choice(PERCENT)
        else:
            cell.number_format = filed.random.choice(PERCENT_WORDS)


def format_of_money(filed: Filed) -> None:
    """Amounts with another unit printed by the format."""
    filed.only("xlsx", "xls")
    at = filed.pick(money=True)
    if at is not None:
        at.cell.number_format, at.cell.figure = filed.random.choice(MONEY_WORDS), None
        filed.fair = False
        filed.say(at.sheet, at.row, at.name)


def format_attributes(filed: Filed) -> None:
    """The attributes of all formats turned round, or on lines of their own."""
    filed.only("xlsx")
    asked = False
    new = filed.random.choice(('<numFmt formatCode="\\2" numFmtId="\\1"/>',
                               "<numFmt\n numFmtId='\\1'\n formatCode='\\2'\n/>"))  # fmt: skip
    for _n, row, name in filed.numbers():
        cell = row.cells[name]
        if is_rate(name) and not cell.number_format.endswith("%"):
            cell.typed, cell.number_format = Decimal(cell.typed) / 100, "0.00%;-0.00%"
            asked = True
    if asked:
        old = '<numFmt numFmtId="(\\d+)" formatCode="([^"\']*)"/>'
        filed.book.edits.append(Edit("xl/styles.xml", old, new))


def runs_beside(filed: Filed) -> None:
    """Raised, struck, white or tiny digits beside those of the figure."""
    at = filed.pick()
    if at is not None:
        text = f"{at.cell.typed}".replace(".", ",")
        look = filed.random.choice(({"font_script": 1}, {"font_script": 2}, STRUCK, WHITE))
        extra = (filed.random.choice(("1", "2", "10", "(1)", " 1")), dict(look))
        runs = [(text, {}), extra]
        if filed.random.random() < 0.3:
            runs.reverse()
        at.cell.typed, at.cell.runs, at.cell.number_format = "".join(t for t, _l in runs), runs, ""
        filed.fair = False


def runs_of_a_label(filed: Filed) -> None:
    """Bold or coloured words inside a label."""
    _n, sheet = filed.random.choice(list(filed.sheets()))
    row = filed.random.choice(sheet.rows_of("data"))
    cell = row.cells[sheet.key_column]
    if isinstance(cell.typed, str) and len(cell.typed) > 3 and not cell.runs:
        at = filed.random.randrange(1, len(cell.typed) - 1)
        look = filed.random.choice(({"bold": True}, {"font_color": "#C00000", "bold": True}))
        if filed.random.random() < 0.5:
            cell.runs = [(cell.typed[:at], dict(look)), (cell.typed[at:], {})]
        else:
            cell.runs = [(cell.typed[:at], {}), (cell.typed[at:], dict(look))]
        filed.only(*(("xlsx",) if "font_color" in look else ("xlsx", "ods")))


def cell_struck_or_white(filed: Filed) -> None:
    """A whole cell struck through, or in the colour of its ground."""
    at = filed.pick()
    if at is not None:
        at.cell.look = dict(filed.random.choice((STRUCK, WHITE)))
        filed.fair = False
        filed.say(at.sheet, at.row, at.name)


def cell_coloured(filed: Filed) -> None:
    """A row in red, on yellow, white on blue."""
    _n, sheet = filed.random.choice(list(filed.sheets()))
    row = filed.random.choice(sheet.rows)
    look = filed.random.choice(({"font_color": "#FF0000"}, {"bg_color": "#FFFF00"}, {"bold": True},
                                {"font_color": "#FFFFFF", "bg_color": "#1F4E78"}))  # fmt: skip
    for cell in row.cells.values():
        cell.look = cell.look or dict(look)
    filed.only("xlsx")


def row_struck(filed: Filed) -> None:
    """A row struck through, from its number to its last figure."""
    _n, sheet = filed.random.choice(list(filed.sheets()))
    row = filed.random.choice(sheet.rows_of("data"))
    for column in sheet.columns:
        row.cells.setdefault(column.name, Cell()).look = dict(STRUCK)
    filed.fair = False
    filed.say(sheet, row)


def row_hidden(filed: Filed) -> None:
    """Rows hidden by hand, by a filter, by their height."""
    _n, sheet = filed.random.choice(list(filed.sheets()))
    rows = sheet.rows_of("data")
    for row in filed.random.sample(rows, min(len(rows), filed.random.randint(1, 3))):
        row.hidden = True
        filed.say(sheet, row)
    if filed.random.random() < 0.5:
        sheet.page["filter"] = True
    filed.fair = False


def column_hidden(filed: Filed) -> None:
    """A column of figures hidden."""
    at = filed.pick()
    if at is not None:
        at.sheet.column(at.name).hidden = True
        filed.fair = False
        filed.say(at.sheet, None, at.name)


def merged_figures(filed: Filed) -> None:
    """One figure over several rows; now and then the covered cells still hold theirs."""
    at = filed.pick()
    if at is None or at.row.merged_down or at.row.merged_right:
        return
    rows = at.sheet.rows_of("data")
    below = rows[rows.index(at.row) + 1 : rows.index(at.row) + 1 + filed.random.randint(1, 3)]
    below = [b for b in below if not b.merged_down and not b.merged_right]
    if not below or at.sheet.rows.index(below[-1]) - at.sheet.rows.index(at.row) != len(below):
        return
    if any(at.name not in b.cells or not b.cells[at.name].figure for b in below):
        return
    kept = filed.random.random() < 0.3
    at.row.merged_down[at.name] = len(below)
    at.cell.figure = None
    filed.say(at.sheet, at.row, at.name)
    for each in below:
        each.cells[at.name] = Cell(each.cells[at.name].typed if kept else None, covered=kept)
    filed.fair = False


def formula_computed(filed: Filed) -> None:
    """A figure as a formula that Excel computed."""
    at = filed.pick()
    if at is not None:
        value = Decimal(at.cell.typed)
        part = Decimal(filed.random.randint(0, 9))
        at.cell.typed = Formula(f"={value - part}+{part}", value)
        filed.only("xlsx")


def formula_stale(filed: Filed) -> None:
    """A figure as a formula whose stored result is not what it gives: Excel shows what it gives
    where the workbook asks for it, and otherwise what is stored."""
    at = filed.pick()
    if at is None or filed.book.edits:
        return
    value = Decimal(at.cell.typed)
    stored = filed.random.choice((Decimal(0), value - 1, value + 1, value * 10))
    at.cell.typed = Formula(f"={value - 3}+3", stored)
    filed.only("xlsx")
    filed.fair = False
    if filed.random.random() < 0.7:
        asked = filed.random.choice(('fullCalcOnLoad="1"', "fullCalcOnLoad = 'true'"))
        calc = f'<calcPr calcId="191029" {asked}/>'
        filed.book.edits.append(Edit("xl/workbook.xml", "<calcPr [^>]*/>", calc))
    else:
        at.cell.figure = str(stored)
        filed.say(at.sheet, at.row, at.name)


def counted_in_words(filed: Filed) -> None:
    """The word for what is counted printed by the format: of households, or of persons."""
    filed.only("xlsx", "xls")
    at = filed.pick()
    if at is not None and is_count(at.sheet, at.cell) and "households" in at.name:
        fits = filed.random.random() < 0.5
        at.cell.number_format = '#,##0" hộ"' if fits else '#,##0" người"'
        if not fits:
            at.cell.figure, filed.fair = None, False
            filed.say(at.sheet, at.row, at.name)


LOOKS = (
    format_every_day, format_holding, format_scaling, format_scaled_away, format_hiding,
    format_percent, format_of_money, format_attributes, runs_beside, runs_of_a_label,
    cell_struck_or_white, cell_coloured, row_struck, row_hidden, column_hidden, merged_figures,
    formula_computed, formula_stale, counted_in_words,
)  # fmt: skip
