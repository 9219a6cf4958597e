"""What the words of a command may be: days, times, files, folders and units.

A function made by `_for_option` gives typer's parser for one option, which returns the value or
raises BadValue, a sentence that names the option and the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from etl.ground.clock import local
from etl.ground.errors import BadValue

T = TypeVar("T")


def _for_option(parsed: Callable[[str], T]) -> Callable[[str], Callable[[str], T]]:
    def of(option: str) -> Callable[[str], T]:
        def named(word: str) -> T:
            try:
                return parsed(word)
            except BadValue as error:
                raise BadValue(f"{option} {error}".strip()) from error

        return named

    return of


def _refuse(word: object, vi: str, en: str) -> NoReturn:
    raise BadValue(f"{word}: {vi} / {en}")


@_for_option
def day(word: str) -> date:
    """A day, 2025-06-10."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        _refuse(word, "ngày viết như 2025-06-10", "a day is written like 2025-06-10")


@_for_option
def moment(word: str) -> datetime:
    """A day and time; without an offset it is Vietnam's."""
    try:
        return local(word)
    except (ValueError, OverflowError):
        vi, en = "ngày giờ viết như 2025-06-10T22:30", "a time is written like 2025-06-10T22:30"
        _refuse(word, vi, en)


def _folder(path: Path) -> Path:
    for there in (path, *path.parents):
        if there.exists() and not there.is_dir():
            _refuse(there, "là một tệp, cần một thư mục", "is a file, not a folder")
    return path


@_for_option
def folder_out(word: str) -> Path:
    """A folder to write to; it need not be there."""
    return _folder(Path(word))


@_for_option
def folder_in(word: str) -> Path:
    """A folder to read."""
    if not Path(word).exists():
        _refuse(word, "không có thư mục này", "there is no such folder")
    return _folder(Path(word))


@_for_option
def workbook_out(word: str) -> Path:
    """A workbook to write."""
    path = Path(word)
    if path.is_dir():
        vi = "là một thư mục; ghi thêm tên tệp, ví dụ bieu.xlsx"
        _refuse(word, vi, "is a folder: add the name of a file, such as bieu.xlsx")
    if path.suffix.lower() != ".xlsx":
        vi = "biểu ghi thành bảng tính, tên tệp phải có đuôi .xlsx"
        _refuse(word, vi, "a form is a workbook, and its name ends in .xlsx")
    if path.exists() and not path.is_file():
        _refuse(word, "không phải là tệp thường", "is no plain file")
    _folder(path.parent)
    return path


@_for_option
def form_out(word: str) -> Path:
    """A form to write; one that is there is not written over."""
    path = Path(word)
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.yaml", path.name):
        vi = "tên tệp là mã biểu: chữ thường không dấu, chữ số, gạch dưới, đuôi .yaml, ví dụ"
        en = "the name is the form's code: small letters, digits, _ and .yaml"
        _refuse(word, f"{vi} local/forms/nong_thon_moi.yaml", en)
    if path.exists():
        _refuse(word, "đã có; chọn tên khác", "is there already: choose another name")
    _folder(path.parent)
    return path


def file_in(word: str) -> Path:
    """A file to read: a plain one, or a link to one."""
    path = Path(word)
    if path.is_dir():
        _refuse(word, "là một thư mục, cần một tệp", "is a folder, not a file")
    if not path.exists():
        _refuse(word, "không có tệp này", "there is no such file")
    if not path.is_file():
        _refuse(word, "không phải là tệp thường", "is no plain file")
    return path


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


def unit_option(said: str) -> Any:
    """--unit, a code or a name; `said`: what it is for."""
    return typer.Option("--unit", parser=unit_in("--unit"), metavar="UNIT", help=said)


def folder_option(said: str) -> Any:
    """--out, a folder to write to."""
    return typer.Option("--out", parser=folder_out("--out"), metavar="FOLDER", help=said)


def year_option(said: str) -> Any:
    """--year."""
    return typer.Option("--year", min=1900, max=2999, help=said)


UnitMeant = Annotated[
    str,
    typer.Argument(
        parser=unit_in("UNIT"), metavar="UNIT", help="Code or name of a unit: 02146, Kim Hỷ."
    ),
]
IndicatorMeant = Annotated[str, typer.Argument(help="Code of an indicator: poverty_rate.")]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=day("--as-of"), metavar="DAY", help="ISO day: as known at its end."
    ),
]
