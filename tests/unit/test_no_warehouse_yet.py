"""The first evening: no warehouse, no night; what is said leads on."""

from datetime import date
from pathlib import Path

import pytest

from etl.cli.night import summary
from etl.ground.errors import BadValue
from etl.night.told.causes import cause


class Wrapped(Exception):
    """As SQLAlchemy wraps an error of the driver."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"(psycopg2.OperationalError) {said}\n(Background on this error at: https://example.org)"
        )
        self.orig = Exception(said)


def test_roles_that_are_not_there_are_no_wrong_password() -> None:
    why = cause(Wrapped('connection failed: FATAL:  role "khoxa_loader" does not exist'), "receive")
    assert why.code == "no-warehouse" and "`khoxa db migrate`" in why.do_vi
    assert "`khoxa db migrate`" in why.do_en


def test_a_name_that_is_wrong_in_the_url_still_is_a_login_in_its_own_words() -> None:
    why = cause(Wrapped('connection failed: FATAL:  role "ketoan" does not exist'), "receive")
    assert why.code == "login" and "KHOXA_WAREHOUSE_URL" in why.do_vi
    assert why.vi.endswith('FATAL: role "ketoan" does not exist')


def test_a_summary_before_any_night_says_how_to_have_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path))
    with pytest.raises(BadValue, match=r"^chưa có đêm chạy nào: gõ `khoxa run`"):
        summary(None, False)


def test_a_summary_of_a_day_without_a_night_names_the_days_that_have_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path))
    (tmp_path / "summaries").mkdir()
    for name in ("2026-06-10", "2026-06-10_2", "2026-06-11"):
        (tmp_path / "summaries" / f"{name}.json").write_text("{}", "utf-8")
    with pytest.raises(BadValue, match=r"ngày 09/06/2026; có các ngày: 2026-06-11, 2026-06-10 /"):
        summary(date(2026, 6, 9), False)
