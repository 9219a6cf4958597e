"""A file of SQL is one idea: at most 60 lines. Migrations and seeds stand as they were run."""

from etl.ground.config import SQL_DIR

OLD = {SQL_DIR / "migrations", SQL_DIR / "seeds"}


def test_no_file_is_longer_than_60_lines() -> None:
    files = [path for path in SQL_DIR.rglob("*.sql") if OLD.isdisjoint(path.parents)]
    assert len(files) > 100
    lengths = {path.relative_to(SQL_DIR).as_posix(): path.read_text(encoding="utf-8").count("\n")
               for path in files}  # fmt: skip
    assert {name: lines for name, lines in lengths.items() if lines > 60} == {}
