"""What each model of sql/marts says of itself is what its SQL does, and it is read in order."""

from __future__ import annotations

import pytest
from sqlglot import exp, parse

from etl.aggregate.models import MARTS_DIR, Model, models, views

ALL = (*views(), *models())
CHANGES = (exp.Insert, exp.Delete, exp.Update, exp.Merge, exp.Create)
BEFORE = {  # what these read as an earlier night left it
    "star/05_star_shown": {"dw.star_year"},
    "star/12_star_fund_shown": {"dw.star_fund"},
    "star/14_forget_star": {"dw.star_year", "dw.star_fund"},
}
FROM_NIGHT = ("stg.touched", "raw.", "ref.", "dw.dim_", "dw.fact_")  # there before any model runs


def text_of(model: Model) -> str:
    return (MARTS_DIR / f"{model.name}.sql").read_text(encoding="utf-8")


def statements(model: Model) -> list[exp.Expression]:
    text = text_of(model).replace(" on commit drop", "")  # which sqlglot does not know
    found = [statement for statement in parse(text, dialect="postgres") if statement]
    assert not [statement for statement in found if isinstance(statement, exp.Command)]
    return found


def name_of(table: exp.Table) -> str:
    return ".".join(filter(None, (table.db, table.name)))


def target(change: exp.Expression) -> exp.Table:
    found = change.this.this if isinstance(change.this, exp.Schema) else change.this
    assert isinstance(found, exp.Table), change.sql()
    return found


def made(model: Model) -> set[str]:
    return {
        name_of(target(change))
        for statement in statements(model)
        for change in statement.find_all(*CHANGES)
    }


def read(model: Model) -> set[str]:
    """The tables that its SQL takes rows from; not those that it only fills or empties."""
    found = set()
    for statement in statements(model):
        named = {cte.alias for cte in statement.find_all(exp.CTE)}
        targets = {id(target(change)) for change in statement.find_all(*CHANGES)}
        for table in statement.find_all(exp.Table):
            if id(table) not in targets and (table.db or table.name not in named):
                found.add(name_of(table))
    return found


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_its_header_says_what_its_sql_does(model: Model) -> None:
    assert set(model.makes) == made(model)
    assert set(model.reads) == read(model)
    assert len(set(model.reads)) == len(model.reads)


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_it_names_its_columns_and_is_one_idea(model: Model) -> None:
    assert text_of(model).count("\n") <= 60
    for statement in statements(model):
        stars = [star for star in statement.find_all(exp.Star) if star.parent_select]
        assert [s.sql() for s in stars if not isinstance(s.parent, exp.Count)] == []
        for insert in statement.find_all(exp.Insert):
            assert isinstance(insert.this, exp.Schema), "an insert names its columns"


def test_a_model_reads_only_what_is_made_before_it() -> None:
    ready: set[str] = set()
    for model in models():
        for name in model.behind - BEFORE.get(model.name, set()):
            assert name in ready or name.startswith(FROM_NIGHT), f"{model.name} reads {name}"
        ready.update(model.makes)
    shown: set[str] = set()
    for view in views():
        assert {n for n in view.reads if n.startswith("mart.")} <= shown, view.name
        shown.update(view.makes)


def test_what_a_model_makes_for_the_night_is_read_by_another() -> None:
    passing = {model.makes[0]: model.name for model in models() if not model.is_kept}
    for table, name in passing.items():
        assert any(table in other.reads for other in models() if other.name != name), table


def test_a_file_is_named_for_what_it_makes_or_does() -> None:
    numbers = [model.name.split("_")[0] for model in models()]
    assert len(set(numbers)) == len(numbers), "no two models of a folder have one number"
    assert all(view.makes[0].endswith(f".{view.title}") for view in views())
