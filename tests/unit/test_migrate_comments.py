"""A table, view or column without an entry in sql/comments.yaml is named, not a KeyError."""

from __future__ import annotations

import pytest
import yaml

from etl.ground.config import SQL_DIR, Settings
from etl.ground.yaml_file import read_yaml
from etl.setup import migrate as room
from etl.setup.migrate import NotCommented, migrate


@pytest.fixture
def spec() -> dict:
    return yaml.safe_load((SQL_DIR / "comments.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (("dw.star_fund",), "table dw.star_fund, column dw.star_fund.is_of_year"),
        (("dw.dim_year", "is"), "table dw.dim_year"),
        (("dw.star_fund", "columns", "is_of_year"), "column dw.star_fund.is_of_year"),
        (("columns", "district_name"), "column mart.district_group.district_name"),
    ],
    ids=lambda value: str(value),
)
def test_what_is_not_explained_is_named(
    path: tuple[str, ...], named: str, spec: dict, fresh_warehouse: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    place = spec
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    monkeypatch.setattr(
        room, "read_yaml", lambda path: spec if path.name == "comments.yaml" else read_yaml(path)
    )
    with pytest.raises(NotCommented, match=r"sql/comments\.yaml chưa giải thích") as error:
        migrate(fresh_warehouse)
    said = str(error.value)
    assert named in said or all(part in said for part in named.split(", "))
