"""What a template calls is there: a macro it imports, or a word of the environment. A page draws
some of its rows for a few units only: a name that is gone is not met by drawing one page."""

from __future__ import annotations

import pytest
from jinja2 import meta, nodes

from etl.night.told.page import words_of_night

ENVIRONMENT = words_of_night()  # those of the pages, and of a night
GIVEN = {"table_no", "figure_no", "ends"}  # with the page


def called(text: str) -> set[str]:
    """Names that a template calls and neither makes nor imports."""
    parsed = ENVIRONMENT.parse(text)
    names = {
        call.node.name for call in parsed.find_all(nodes.Call) if isinstance(call.node, nodes.Name)
    }
    return names & meta.find_undeclared_variables(parsed)


@pytest.mark.parametrize("name", ENVIRONMENT.list_templates(extensions=["html"]))
def test_what_a_template_calls_is_there(name: str) -> None:
    assert ENVIRONMENT.loader is not None
    text = ENVIRONMENT.loader.get_source(ENVIRONMENT, name)[0]
    assert called(text) - GIVEN <= set(ENVIRONMENT.globals)


def test_a_name_that_is_gone_is_found() -> None:
    assert called("{% macro here() %}{% endmacro %}{{ here() }}{{ gone(1) }}") == {"gone"}
