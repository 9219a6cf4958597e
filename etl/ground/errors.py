"""Errors that are ours, not the filer's: they stop the run and name what to mend."""

from __future__ import annotations

NO_ROOM = ("đĩa đã đầy: giải phóng chỗ rồi chạy lại", "the disk is full: make room, run again")


class KhoxaError(Exception):
    """Anything khoxa raises on purpose; the `khoxa` command ends with its exit code.

    What it is raised with stands in the {places} of the class's sentence.
    """

    exit_code = 1
    sentence = "{}"

    def __init__(self, said: object = "", **about: object) -> None:
        super().__init__(self.sentence.format(said, **about))


class BadValue(KhoxaError):
    """A word of the command line that means nothing there."""

    exit_code = 2  # as typer's own usage errors


class BrokenRule(KhoxaError):
    """A rule in expectations/ that cannot judge anything; `line` (1-based) where it is known."""

    def __init__(self, file: str, rule: str, why: str, line: int = 0) -> None:
        at = f" (dòng/line {line})" if line else ""
        super().__init__(f"{file}: rule {rule!r}: {why}{at}")
        self.file = file
        self.rule = rule
        self.line = line


class MissingSetting(KhoxaError):
    """A role's URL that the environment does not give."""

    sentence = (
        "KHOXA_WAREHOUSE_URL is set, but not the URL of {}"
        " (KHOXA_OWNER_URL for khoxa_owner, KHOXA_READER_URL for bi_reader)"
    )


class WrongUrl(KhoxaError):
    """An address of the warehouse that is none, or no PostgreSQL's; it may hold a password, so it
    is not said again."""

    sentence = (
        "địa chỉ kho không đúng dạng, cần postgresql://…: KHOXA_WAREHOUSE_URL, KHOXA_OWNER_URL,"
        " KHOXA_READER_URL / the URL of the warehouse cannot be read, postgresql://… is wanted"
    )


class UnsoundWarehouse(KhoxaError):
    """sql/checks found rows that must not be. `about`: what the first of them is about, in
    Vietnamese and in English."""

    def __init__(self, bad: dict[str, int], vi: str = "", en: str = "") -> None:
        listed = ", ".join(f"{name}: {rows} rows" for name, rows in bad.items())
        super().__init__(f"warehouse checks failed: {listed} ({vi})")
        self.about = vi, en


class NotConserved(KhoxaError):
    """Rows that a step was given and neither wrote nor named; it wrote nothing."""

    sentence = (
        "số dòng vào và ra không bằng nhau, chưa ghi gì vào kho / rows in are not rows out,"
        " nothing was written: {}"
    )


class FormsChanged(KhoxaError):
    """Forms were changed between two steps of one night."""

    sentence = (
        "khai báo biểu hoặc đính chính đã đổi sau khi đọc tệp: chạy lại từ bước đọc tệp"
        " / forms or corrections changed after files were read: run again from the reading of files"
    )


class BrokenFile(KhoxaError):
    """A data file of the house that cannot be read; never a finding on someone's data.

    `file` and `line` (1-based) say where, `why` what is wrong.
    """

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}:{line}: {why}")
        self.file = file
        self.line = line
        self.why = why


class ServerDown(KhoxaError):
    """The embedded PostgreSQL does not start; `said` is what it says of it."""

    def __init__(self, said: str) -> None:
        below = ("xem lời của máy chủ dưới đây", "what the server says stands below")
        vi, en = NO_ROOM if "No space left" in said else below
        super().__init__(
            f"máy chủ PostgreSQL kèm theo không chạy được; {vi}"
            f" / the embedded PostgreSQL does not start; {en}\n{said}"
        )


class RoleNotGranted(KhoxaError):
    """A server whose administrator has not run sql/roles.sql since the loader was given a role."""

    sentence = (
        "khoxa_loader chưa được dùng quyền {0}: quản trị viên chạy lại sql/roles.sql"
        " / khoxa_loader may not act as {0}: the server's administrator runs sql/roles.sql"
    )


class NightIsRunning(KhoxaError):
    """A past day cannot be asked about while a night, or somebody else, holds the lock."""

    sentence = (
        "kho đang được cập nhật, hãy thử lại sau / the warehouse is being refreshed or asked"
        " about another day: try again later"
    )


class AirflowDown(KhoxaError):
    """Airflow did not come up."""

    sentence = "Airflow is not healthy; see {}"
