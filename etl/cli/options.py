"""What the words of a command may be: days, times, files and folders.

Each function makes typer's parser for one option, which returns the value or raises BadValue, a
sentence that names the option and the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from etl.ground.clock import local
from etl.ground.errors import BadValue


def day(option: str) -> Callable[[str], date]:
    """A day, 2025-06-10."""

    def parsed(word: str) -> date:
        try:
            return date.fromisoformat(word)
        except ValueError:
            _refuse(option, word, "ngày viết như 2025-06-10", "a day is written like 2025-06-10")

    return parsed


def moment(option: str) -> Callable[[str], datetime]:
    """A day and time; without an offset it is Vietnam's."""

    def parsed(word: str) -> datetime:
        try:
            return local(word)
        except (ValueError, OverflowError):
            _refuse(
                option,
                word,
                "ngày giờ viết như 2025-06-10T22:30",
                "a time is written like 2025-06-10T22:30",
            )

    return parsed


def folder_out(option: str) -> Callable[[str], Path]:
    """A folder to write to; it need not be there."""

    def parsed(word: str) -> Path:
        path = Path(word)
        for there in (path, *path.parents):
            if there.exists() and not there.is_dir():
                _refuse(option, there, "là một tệp, cần một thư mục", "is a file, not a folder")
        return path

    return parsed


def workbook_out(option: str) -> Callable[[str], Path]:
    """A workbook to write."""

    def parsed(word: str) -> Path:
        path = Path(word)
        if path.is_dir():
            _refuse(
                *(option, word),
                "là một thư mục; ghi thêm tên tệp, ví dụ bieu.xlsx",
                "is a folder: add the name of a file, such as bieu.xlsx",
            )
        if path.suffix.lower() != ".xlsx":
            _refuse(
                *(option, word),
                "biểu ghi thành bảng tính, tên tệp phải có đuôi .xlsx",
                "a form is a workbook, and its name ends in .xlsx",
            )
        if path.exists() and not path.is_file():
            _refuse(option, word, "không phải là tệp thường", "is no plain file")
        folder_out(option)(str(path.parent))
        return path

    return parsed


def form_out(option: str) -> Callable[[str], Path]:
    """A form to write; one that is there is not written over."""

    def parsed(word: str) -> Path:
        path = Path(word)
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.yaml", path.name):
            _refuse(
                *(option, word),
                "tên tệp là mã biểu: chữ thường không dấu, chữ số, gạch dưới, đuôi .yaml, ví dụ"
                " local/forms/nong_thon_moi.yaml",
                "the name is the form's code: small letters, digits, _ and .yaml",
            )
        if path.exists():
            _refuse(option, word, "đã có; chọn tên khác", "is there already: choose another name")
        folder_out(option)(str(path.parent))
        return path

    return parsed


def unit_in(option: str) -> Callable[[str], str]:
    """The code of a unit that there was or is, given by code or by exact name."""

    def parsed(word: str) -> str:
        from etl.units.asked import code_meant
        from etl.units.index import load_units

        try:
            return code_meant(load_units(), word)
        except BadValue as error:
            raise BadValue(f"{option}: {error}") from error

    return parsed


def file_in(word: str) -> Path:
    """A file to read: a plain one, or a link to one."""
    path = Path(word)
    if path.is_dir():
        _refuse("", word, "là một thư mục, cần một tệp", "is a folder, not a file")
    if not path.exists():
        _refuse("", word, "không có tệp này", "there is no such file")
    if not path.is_file():
        _refuse("", word, "không phải là tệp thường", "is no plain file")
    return path


def folder_in(option: str) -> Callable[[str], Path]:
    """A folder to read."""

    def parsed(word: str) -> Path:
        path = Path(word)
        if not path.exists():
            _refuse(option, word, "không có thư mục này", "there is no such folder")
        return folder_out(option)(word)

    return parsed


def _refuse(option: str, word: object, vi: str, en: str) -> NoReturn:
    raise BadValue(f"{f'{option} {word}'.strip()}: {vi} / {en}")


AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=day("--as-of"), metavar="DAY", help="ISO day: as known at its end."
    ),
]
