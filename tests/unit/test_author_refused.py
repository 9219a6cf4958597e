"""`khoxa forms new` and `khoxa forms try` say in one sentence, in both languages, what is wrong
with what they are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from tests.helpers.author_books import with_notes
from tests.helpers.locked_books import locked_xlsx
from tests.khoxa import khoxa


def _folder(path: Path) -> None:
    path.mkdir()


def _pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64))


def _empty(path: Path) -> None:
    Workbook().save(path)


def _chart(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Trống")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Trống!$A$1:$A$3"})
        book.add_chartsheet("Biểu đồ").set_chart(chart)


def _locked(path: Path) -> None:
    plain = path.with_name("plain.xlsx")
    with_notes(plain)
    path.write_bytes(locked_xlsx(plain.read_bytes(), "mật khẩu"))


def _letter(path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "Kính gửi: Ủy ban nhân dân các xã"
    book.active["A3"] = "Đề nghị gửi báo cáo trước ngày 10 tháng 6."
    book.save(path)


def _names(path: Path) -> None:
    """A header and no column of figures."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["STT", "Họ và tên", "Chức vụ"])
    book.active.append([1, "Hoàng Thị A", "Chủ tịch"])
    book.active.append([2, "Nông Văn B", "Kế toán"])
    book.save(path)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (_folder, "là một thư mục"), (_pdf, "bản PDF"), (_picture, "không phải là bảng tính"),
        (_empty, "không có"),
        (_chart, "không có"), (_locked, "mật khẩu"), (_letter, "không thấy bảng nào"),
        (_names, "không thấy bảng nào"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said(draw: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    book, out = tmp_path / "mau.xlsx", tmp_path / "local" / "forms" / "moi.yaml"
    draw(book)
    done = khoxa("forms", "new", "--from", book, "--out", out)
    assert done.returncode in (1, 2)
    said = done.stdout + done.stderr
    assert "Traceback" not in said and said.count("\n") <= 2, said
    assert words in said and " / " in said, said
    assert not out.parent.exists()


@pytest.mark.parametrize("name", ["Mẫu.yaml", "moi.xlsx", "nông_thôn.yaml", "1.yaml"])
def test_a_name_that_is_no_code_is_said(name: str, tmp_path: Path) -> None:
    book = tmp_path / "mau.xlsx"
    with_notes(book)
    done = khoxa("forms", "new", "--from", book, "--out", tmp_path / name)
    assert done.returncode == 2 and "chữ thường không dấu" in done.stderr
    assert not (tmp_path / name).exists()


def test_a_form_is_not_written_over(tmp_path: Path) -> None:
    book, out = tmp_path / "mau.xlsx", tmp_path / "moi.yaml"
    with_notes(book)
    out.write_text("form: moi\n", encoding="utf-8")
    done = khoxa("forms", "new", "--from", book, "--out", out)
    assert done.returncode == 2 and "đã có" in done.stderr
    assert out.read_text(encoding="utf-8") == "form: moi\n"


def test_a_slip_in_a_form_is_told_by_file_and_line(tmp_path: Path) -> None:
    book, out = tmp_path / "mau.xlsx", tmp_path / "local" / "forms" / "moi.yaml"
    with_notes(book)
    made = khoxa("forms", "new", "--from", book, "--out", out)
    assert made.returncode == 0, made.stdout + made.stderr
    text = out.read_text(encoding="utf-8")
    line = next(n for n, t in enumerate(text.split("\n"), start=1) if "required: true" in t)
    out.write_text(text.replace("required: true", "requird: true", 1), encoding="utf-8")
    done = khoxa("forms", "try", out, "--from", book)
    assert done.returncode == 1
    assert f"forms/moi.yaml:{line}:" in done.stdout, done.stdout
    assert "gần nhất: “required”" in done.stdout


def test_a_column_that_the_form_leaves_out_is_told_by_its_cells(tmp_path: Path) -> None:
    book, out = tmp_path / "mau.xlsx", tmp_path / "local" / "forms" / "moi.yaml"
    with_notes(book)
    assert khoxa("forms", "new", "--from", book, "--out", out).returncode == 0
    lines = out.read_text(encoding="utf-8").split("\n")
    at = next(n for n, text in enumerate(lines) if text.strip().startswith("ty_le:"))
    out.write_text("\n".join(lines[:at]) + "\n", encoding="utf-8")
    done = khoxa("forms", "try", out, "--from", book)
    assert done.returncode == 1
    assert "Ve sinh!D5 = 94.44" in done.stdout, done.stdout  # 100 * 850 / 900
