"""datapackage.json: what each file of an export is (Frictionless Data Package 1.0)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PACKAGE = "datapackage.json"
_TYPES = {"smallint": "integer", "integer": "integer", "bigint": "integer", "numeric": "number",
          "boolean": "boolean", "date": "date"}  # fmt: skip
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_BOOLEANS = {"trueValues": ["t", "true"], "falseValues": ["f", "false"]}


def package(marts: Sequence[Mapping[str, Any]], files: Sequence[Path], kind: str) -> str:
    """The text of datapackage.json. `title` is Vietnamese, `description` English; a field's
    `aggregate` says "sum" where its values may be added up, a resource's `measures` how a rate of
    several rows is made."""
    resources = [_resource(mart, file, kind) for mart, file in zip(marts, files, strict=True)]
    about = {
        "profile": "tabular-data-package",
        "name": "khoxa",
        "title": "Kho xã: số liệu, mục tiêu, kinh phí và hồ sơ của xã, huyện, tỉnh",
        "description": "Figures, targets, funds and filings of communes, districts, provinces",
        "resources": resources,
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def _resource(mart: Mapping[str, Any], file: Path, kind: str) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": file.stem,
        "path": file.name,
        "title": mart["is"]["vi"],
        "description": mart["is"]["en"],
        "format": kind,
        "mediatype": _MEDIA[kind],
        **({"encoding": "utf-8"} if kind == "csv" else {}),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "measures": mart["measures"],
        "schema": {
            "fields": [_field(column, kind) for column in mart["columns"]],
            "missingValues": [""],
            "primaryKey": mart["primary_key"],
            "foreignKeys": [_leads(*each) for each in mart["foreign_keys"].items()],
        },
    }


def _field(column: Mapping[str, Any], kind: str) -> dict[str, Any]:
    own = _TYPES.get(column["type"], "string")
    return {
        "name": column["name"],
        "type": own,
        "title": column["vi"],
        "description": column["en"],
        **(_BOOLEANS if (own, kind) == ("boolean", "csv") else {}),
        **({"aggregate": column["aggregate"]} if column["aggregate"] else {}),
    }


def _leads(column: str, target: str) -> dict[str, Any]:
    _, resource, field = target.split(".")
    return {"fields": [column], "reference": {"resource": resource, "fields": [field]}}
