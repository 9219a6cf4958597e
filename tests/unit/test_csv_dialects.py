"""CSV as programs and people write it: what Excel shows of it is what is read, or both readings
are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.records import Normalised, State, Workbook
from etl.normalise import normalise

Opened = Callable[[str, bytes], Workbook]
FUNDS = ("Tổng vốn", "Ngân sách trung ương", "Ngân sách địa phương")
PROJECTS = (
    "Dự án 6 - Tiểu dự án 1: Giảm nghèo về thông tin",
    "Dự án 6 - Tiểu dự án 2: Truyền thông về giảm nghèo đa chiều",
)


def quoted(cell: str, delimiter: str) -> str:
    return f'"{cell}"' if delimiter in cell or "\n" in cell else cell


def lines(rows: list[list[str]], delimiter: str) -> str:
    return "".join(delimiter.join(quoted(c, delimiter) for c in row) + "\r\n" for row in rows)


def fund_plan(first: tuple[str, ...], second: tuple[str, ...], delimiter: str) -> bytes:
    """A plan of funds with two lines: total, central, local, in million VND."""
    title = "KẾ HOẠCH VỐN THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG NĂM 2025"
    rows = [
        [title, "", "", "", ""],
        ["Huyện Na Rì, tỉnh Bắc Kạn", "", "", "", ""],
        ["Đơn vị tính: triệu đồng", "", "", "", ""],
        ["TT", "Dự án, tiểu dự án", *FUNDS],
        ["1", PROJECTS[0], *first],
        ["2", PROJECTS[1], *second],
    ]
    return lines(rows, delimiter).encode()


def assignment(cells: tuple[tuple[str, str], ...], delimiter: str = ";") -> str:
    """A district's assignment to its first communes: households and points of the rate."""
    head = [["ỦY BAN NHÂN DÂN"], ["HUYỆN NA RÌ"], ["TỈNH BẮC KẠN"]]
    head += [["GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025"]]
    head += [["TT", "Đơn vị", "Giảm số hộ nghèo (hộ)", "Giảm tỷ lệ hộ nghèo (điểm %)"]]
    named = zip(("Thị trấn Yến Lạc", "Xã Kim Hỷ"), cells, strict=True)
    body = [[str(n), name, *pair] for n, (name, pair) in enumerate(named, start=1)]
    return lines([row + [""] * (4 - len(row)) for row in head + body], delimiter)


ASSIGNED = (("15", "1,12"), ("20", "4,84"))


def values(filing: Normalised) -> list[str | None]:
    return [figure.value for figure in filing.figures if figure.code is None and figure.value]


def fails(filing: Normalised) -> list[tuple[str, str, str, str]]:
    """(rule, cell, first, second) of the findings that refuse the filing."""
    found = []
    for each in filing.findings:
        if load_rules()[each.rule].severity == "fail":
            params = dict(each.params)
            found.append((each.rule, each.cell, params.get("first", ""), params.get("second", "")))
    return found


@pytest.fixture
def filed(opened: Opened) -> Callable[[bytes], Normalised]:
    return lambda data: normalise(opened("bieu.csv", data))[0]


Filed = Callable[[bytes], Normalised]


def test_commas_between_columns_make_three_decimals_doubtful(filed: Filed) -> None:
    data = fund_plan(("60.250", "59.125", "1.125"), ("1.337.000", "1.336.000", "1000"), ",")
    assert fails(filed(data)) == [
        ("number-ambiguous", "C5", "60250", "60,25"),
        ("number-ambiguous", "D5", "59125", "59,125"),
        ("number-ambiguous", "E5", "1125", "1,125"),
    ]  # 1.337.000 and 1000 can be read in one way only


def test_three_decimals_alone_in_an_english_csv(filed: Filed) -> None:
    data = fund_plan(("60.250", "59.125", "1.125"), ("293.500", "284.375", "9.125"), ",")
    found = fails(filed(data))
    assert [each[:2] for each in found] == [
        ("number-ambiguous", f"{column}{row}") for row in (5, 6) for column in "CDE"
    ]
    assert found[0][2:] == ("60250", "60,25") and found[3][2:] == ("293500", "293,5")


def test_english_decimals_mixed_with_three(filed: Filed) -> None:
    data = fund_plan(("60.25", "59.125", "1.125"), ("293.505", "284.38", "9.125"), ",")
    assert [each[1] for each in fails(filed(data))] == ["D5", "E5", "C6", "E6"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimals_that_contradict_each_other(filed: Filed, delimiter: str) -> None:
    data = fund_plan(("60.25", "59.125", "1.125"), ("293.505", "284.38", "9.125"), delimiter)
    assert ("number-ambiguous", "C6", "293505", "293,505") in fails(filed(data))
    plain = fund_plan(("60.250", "59.125", "1.125"), ("293.505", "284.380", "9.125"), delimiter)
    assert fails(filed(plain)) == []  # Vietnamese thousands throughout
    assert values(filed(plain)) == ["60250", "59125", "1125", "293505", "284380", "9125"]


def test_vietnamese_decimals_settle_what_dots_are(filed: Filed) -> None:
    data = fund_plan(("60,25", "59,25", "1"), ("1.293,5", "1.284", "9,5"), ",")
    assert fails(filed(data)) == []
    assert values(filed(data)) == ["60.25", "59.25", "1", "1293.5", "1284", "9.5"]


def test_decimals_of_both_marks_are_said(filed: Filed) -> None:
    filing = filed(fund_plan(("60,25", "59,25", "1"), ("293", "284", "9.5"), ";"))
    assert fails(filing) == [] and "60.25" in values(filing) and "9.5" in values(filing)
    (said,) = (each for each in filing.findings if each.rule == "number-both-marks")
    assert (said.cell, said.seen) == ("E6", "9.5")
    english = filed(fund_plan(("60.25", "59.25", "1"), ("293.5", "284.5", "9"), ","))
    assert all(each.rule != "number-both-marks" for each in english.findings)


def test_decimals_of_both_marks_in_one_column_are_refused(filed: Filed) -> None:
    found = fails(filed(fund_plan(("60,25", "59,25", "1"), ("293.5", "284.5", "9"), ";")))
    assert found == [
        ("number-ambiguous", "C6", "2935", "293,5"), ("number-ambiguous", "D6", "2845", "284,5"),
    ]  # fmt: skip


def test_many_decimals_are_decimals(filed: Filed) -> None:
    data = assignment((("15.0", "1.1194"), ("20.0", "4.842615"))).encode()
    assert fails(filed(data)) == []
    assert values(filed(data)) == ["15", "1.1194", "20", "4.842615"]


def test_a_whole_unit_is_in_doubt_only_where_both_readings_are_whole(filed: Filed) -> None:
    english = assignment((("15.000", "1.12"), ("1.337", "4.84")), ",").encode()
    assert fails(filed(english)) == [("number-ambiguous", "C6", "15000", "15")]
    beside = assignment((("15.000", "1,12"), ("20.0", "4,84"))).encode()
    assert fails(filed(beside)) == [("number-ambiguous", "C6", "15000", "15")]
    plain = assignment((("15.000", "1.12"), ("1.337", "6.05 %"))).encode()
    assert fails(filed(plain)) == []  # rates with a point beside counts grouped by dots: Ba Tơ


def test_every_doubtful_figure_loses_its_value(filed: Filed) -> None:
    filing = filed(fund_plan(("60.250", "59", "1"), ("2", "1", "1"), ","))
    doubted = [figure for figure in filing.figures if figure.cell == "C5"]
    assert [(figure.state, figure.value) for figure in doubted] == [(State.UNREADABLE, None)]
    (finding,) = [each for each in filing.findings if each.cell == "C5"]
    said = render(finding, load_rules()[finding.rule]).message_vi
    assert "60250" in said and "60,25" in said


def test_excels_text_trick_is_its_text(filed: Filed) -> None:
    doubled = assignment(ASSIGNED)
    for cell in ("Thị trấn Yến Lạc", "15", "1,12", "Xã Kim Hỷ", "20", "4,84"):
        doubled = doubled.replace(f";{cell}", f';"=""{cell}"""')
    bare = assignment(ASSIGNED).replace(";15;", ';="15";').replace(";4,84", ';="4,84"')
    for text in (doubled, bare):
        assert fails(filed(text.encode())) == []
        assert values(filed(text.encode())) == ["15", "1.12", "20", "4.84"]


def test_a_formula_in_a_csv_is_no_figure(filed: Filed) -> None:
    data = assignment((("=10+5", "1,12"), ("20", "4,84"))).encode()
    assert [each[:2] for each in fails(filed(data))] == [("number-unreadable", "C6")]


@pytest.mark.parametrize(
    "first", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "sep=;;;;\r\n", "\ufeffsep=;\n"]
)
def test_the_separator_line_is_no_row(opened: Opened, filed: Filed, first: str) -> None:
    data = (first + assignment(ASSIGNED)).encode()
    assert opened("bieu.csv", data).sheets[0].rows[0][0] == "ỦY BAN NHÂN DÂN"
    assert values(filed(data)) == ["15", "1.12", "20", "4.84"]
    assert {f.cell for f in filed(data).figures} >= {"C6", "D7"}  # as Excel numbers the rows


def test_the_separator_line_may_name_any(filed: Filed) -> None:
    data = ("sep=|\n" + assignment(ASSIGNED, "|")).encode()
    assert values(filed(data)) == ["15", "1.12", "20", "4.84"]


@pytest.mark.parametrize("mark", ["", '"', "\r"])
def test_what_cannot_part_columns_is_no_separator(filed: Filed, mark: str) -> None:
    data = (f"sep={mark}\r\n" + assignment(ASSIGNED)).encode()
    assert values(filed(data)) == ["15", "1.12", "20", "4.84"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Giảm số hộ nghèo (hộ)", '"Giảm số hộ nghèo\n(hộ)"'),  # a line break in a quoted header
        ("\r\n", ";;;\r\n"),  # delimiters behind the last column
        ("\r\n", "\r"),  # line ends of old Macs
        ("Xã Kim Hỷ", "\ufeffXã Kim Hỷ"),  # two files put together
        ("Xã Kim Hỷ", '"Xã Kim Hỷ"'),
        ("15", " 15 "),
    ],
)
def test_what_excel_shows_alike_is_read_alike(filed: Filed, old: str, new: str) -> None:
    data = assignment(ASSIGNED).replace(old, new).encode()
    assert fails(filed(data)) == []
    assert values(filed(data)) == ["15", "1.12", "20", "4.84"]


def test_rows_keep_their_numbers_over_quoted_line_breaks(filed: Filed) -> None:
    data = assignment((("15", "1,12"), ("7\n5", "4,84"))).encode()
    assert fails(filed(data)) == [("number-ambiguous", "C7", "75", "7 / 5")]


def garbled(text: str, codec: str) -> str:
    """UTF-8 taken for a Western code page; bytes that it lacks stay control characters."""
    out = []
    for byte in text.encode():
        try:
            out.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            out.append(chr(byte))
    return "".join(out)


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("to", ["utf-8", "utf-8-sig", "utf-16"])
def test_garbled_letters_are_refused(opened: Opened, codec: str, times: int, to: str) -> None:
    text = assignment(ASSIGNED)
    for _ in range(times):
        text = garbled(text, codec)
    refused = opened("bieu.csv", text.encode(to)).refused
    assert refused is not None and refused.rule == "file-csv-encoding"
    assert opened("bieu.xls", text.encode(to)).refused == refused
    said = render(refused, load_rules()["file-csv-encoding"])
    assert dict(refused.params)["seen"] and dict(refused.params)["seen"] in said.message_vi
    assert "UTF-8" in said.fix_vi


@pytest.mark.parametrize("mark", ["?", "\ufffd"])
def test_lost_letters_are_refused(opened: Opened, mark: str) -> None:
    text = assignment(ASSIGNED)
    lost = "".join(c if ord(c) < 256 else mark for c in text)
    for codec in ("utf-8", "cp1252"):
        if mark == "?" or codec == "utf-8":
            refused = opened("bieu.csv", lost.encode(codec)).refused
            assert refused is not None and refused.rule == "file-csv-encoding"


@pytest.mark.parametrize(
    "line", ["XÃ…………", "XÃ “Â” XÃ† ÂÃ ÃÂ", "Có phải không?Đúng?Sai?Có", "TÊN XÃ: Ã‚ÂÃ", "Số: ……/BC"]
)
def test_right_letters_are_not_taken_for_garbled_ones(filed: Filed, line: str) -> None:
    data = assignment(ASSIGNED).replace("ỦY BAN NHÂN DÂN", line, 1).encode()
    assert values(filed(data)) == ["15", "1.12", "20", "4.84"]
