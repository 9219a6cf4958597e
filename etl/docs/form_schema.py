"""docs/form.schema.json: what an editor may offer and must refuse in a form's YAML file, told from
the class of forms. Codes of the tables are offered; others may be the province's own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from etl.catalogue.forms import Form
from etl.catalogue.indicators import indicator_names, programmes, projects, sources
from etl.catalogue.units_of_measure import units_of_measure
from etl.ground.lists import list_names

SCHEMA = "form.schema.json"


def form_schema() -> str:
    """The schema as JSON text."""
    schema: dict[str, Any] = Form.model_json_schema(by_alias=True)
    kinds = schema["$defs"]
    _either(schema, "tables", "tables_from")
    _either(kinds["Table"], "items", "items_from")
    _either(kinds["Column"], "values", "values_from")
    schema["properties"]["filer"] = {
        "anyOf": [schema["properties"]["filer"], schema["properties"]["filer"]["items"]]
    }
    for name in ("Column", "ItemCell"):
        _offer(kinds[name], "indicator", indicator_names())
        _offer(kinds[name], "unit", units_of_measure())
    _offer(schema, "programme", programmes())
    for name in ("Column", "Item"):
        _offer(kinds[name], "source", sources())
    items = kinds["Table"]["properties"]["items"]
    items["propertyNames"] = _offered(code for of in programmes() for code in projects(of))
    return json.dumps(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema},
        ensure_ascii=False, indent=1, sort_keys=True,
    ) + "\n"  # fmt: skip


def _either(spec: dict[str, Any], key: str, other: str) -> None:
    """A part that may be taken from a list instead."""
    spec["properties"][other] = {"type": "string", "examples": sorted(list_names())}
    if key in spec.get("required", ()):
        spec["required"].remove(key)
        spec["anyOf"] = [{"required": [key]}, {"required": [other]}]


def _offer(spec: dict[str, Any], key: str, codes: Iterable[str]) -> None:
    spec["properties"][key] = _offered(codes)


def _offered(codes: Iterable[str]) -> dict[str, Any]:
    return {"anyOf": [{"enum": sorted(codes)}, {"type": "string"}]}
