"""A table, view or column without an entry in sql/comments.yaml is named, not a KeyError."""

from __future__ import annotations

import pytest
import yaml

from etl.ground.config import SQL_DIR, Settings
from etl.ground.yaml_file import read_yaml
from etl.setup import migrate as room
from etl.setup.migrate import NotCommented, migrate

GONE = {  # from sql/comments.yaml: what is named then
    ("dw.star_fund",): "table dw.star_fund, column dw.star_fund.is_of_year",
    ("dw.star_year", "is"): "table dw.star_year",
    ("dw.dim_year", "columns", "standard_note"): "column dw.dim_year.standard_note",
    ("columns", "district_name"): "column mart.district_group.district_name",
}


def test_all_that_is_not_explained_is_named(
    fresh_warehouse: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = yaml.safe_load((SQL_DIR / "comments.yaml").read_text(encoding="utf-8"))
    for *steps, last in GONE:
        place = spec
        for step in steps:
            place = place[step]
        del place[last]
    monkeypatch.setattr(
        room, "read_yaml", lambda path: spec if path.name == "comments.yaml" else read_yaml(path)
    )
    with pytest.raises(NotCommented, match=r"sql/comments\.yaml chưa giải thích") as error:
        migrate(fresh_warehouse)
    named = str(error.value).rpartition("does not explain: ")[2].split(", ")
    for names in GONE.values():
        assert set(names.split(", ")) <= set(named)
    assert "table dw.dim_year" not in named  # which lacks a column's words alone
