"""Write bi/power_bi: the marts made for dragging as a Power BI project, from docs/marts.model.json
and the Vietnamese words of bi/superset/described/labels.yaml.

The semantic model is TMSL (model.bim), as [MS-SSAS-T] and the pages on Power BI Desktop projects
describe it. Power BI itself has not opened it: it needs Windows.
"""

from __future__ import annotations

import json
from typing import Any

from etl.ground.config import ROOT
from etl.ground.yaml_file import read_yaml

FOLDER = ROOT / "bi" / "power_bi"
_MODEL = ROOT / "docs" / "marts.model.json"
_LABELS = ROOT / "bi" / "superset" / "described" / "labels.yaml"
_LEFT_OUT = ("mart.trace",)  # reckoned when asked: of every figure at once it takes hours
_TYPES = {
    "text": "string", "smallint": "int64", "integer": "int64", "bigint": "int64",
    "numeric": "double", "boolean": "boolean", "date": "dateTime",
}  # fmt: skip
_SUMMED = "Cộng {}"
Object = dict[str, Any]


def main() -> None:
    """Write every file of the project."""
    for name, text in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files() -> dict[str, str]:
    """Name in bi/power_bi -> text: the project, an empty report and the semantic model."""
    path = {"path": "../khoxa.SemanticModel"}
    return {
        name: json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        for name, content in {
            "khoxa.pbip": {
                "version": "1.0", "artifacts": [{"report": {"path": "khoxa.Report"}}],
                "settings": {"enableAutoRecovery": True},
            },
            "khoxa.Report/definition.pbir": {
                "version": "1.0", "datasetReference": {"byPath": path},
            },
            "khoxa.Report/report.json": _empty_report(),
            "khoxa.SemanticModel/definition.pbism": {"version": "1.0", "settings": {}},
            "khoxa.SemanticModel/model.bim": semantic_model(),
        }.items()
    }  # fmt: skip


def semantic_model() -> Object:
    """A table a mart, its columns and measures with Vietnamese names, and the relations."""
    marts = {
        table["name"]: table
        for table in json.loads(_MODEL.read_text(encoding="utf-8"))["tables"]
        if table["name"] not in _LEFT_OUT
    }
    labels: dict[str, str] = read_yaml(_LABELS)
    return {
        "compatibilityLevel": 1550,
        "model": {
            "culture": "vi-VN",
            "sourceQueryCulture": "vi-VN",
            "defaultPowerBIDataSourceVersion": "powerBI_V3",
            "discourageImplicitMeasures": True,  # so that a rate or a code cannot be added up
            "expressions": [_parameter("Server", "localhost"), _parameter("Database", "khoxa")],
            "tables": [_table(mart, labels) for mart in marts.values()],
            "relationships": list(_relations(marts, labels)),
            "annotations": [{"name": "khoxa", "value": "python -m tools.power_bi"}],
        },
    }


def _parameter(name: str, value: str) -> Object:
    given = '[IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]'
    return {"name": name, "kind": "m", "expression": f'"{value}" meta {given}'}


def _table(mart: Object, labels: dict[str, str]) -> Object:
    name = _short(mart["name"])
    made = {
        "name": name,
        "description": mart["is"]["vi"],
        "columns": [_column(column, mart, labels) for column in mart["columns"]],
        "partitions": [{"name": name, "mode": "import", "source": {"type": "m", "expression": [
            "let", "    Source = PostgreSQL.Database(Server, Database),",
            f'    Mart = Source{{[Schema="mart",Item="{name}"]}}[Data]', "in", "    Mart",
        ]}}],
    }  # fmt: skip
    measures = list(_measures(mart, labels))
    return {**made, "measures": measures} if measures else made


def _column(column: Object, mart: Object, labels: dict[str, str]) -> Object:
    made = {
        "name": labels.get(column["name"], column["name"]),
        "dataType": _TYPES[column["type"]],
        "sourceColumn": column["name"],
        "description": column["vi"],
        "summarizeBy": "none",
    }
    if column["type"] == "date":
        made["formatString"] = "dd/mm/yyyy"
    if mart["primary_key"] == [column["name"]]:
        made["isKey"] = True
    if column["name"] not in labels:  # a key, a code or the English word
        made["isHidden"] = True
    return made


def _measures(mart: Object, labels: dict[str, str]) -> list[Object]:
    """Sums of what may be added up and the rate; blank over several of what has one value a sum."""
    table = _short(mart["name"])

    def place(column: str) -> str:
        return f"'{table}'[{labels.get(column, column)}]"

    ones = " && ".join(f"HASONEVALUE({place(column)})" for column in mart["one_value_of"])

    def guarded(expression: str) -> str:
        return f"IF({ones}, {expression})" if ones else expression

    found = [
        {
            "name": f"{_SUMMED.format(labels.get(column['name'], column['name']))} ({table})",
            "expression": guarded(f"SUM({place(column['name'])})"),
            "description": column["vi"],
        }
        | ({"formatString": "#,0.00"} if column["name"].endswith("_million_vnd") else {})
        for column in mart["columns"] if column["aggregate"] == "sum"
    ]  # fmt: skip
    if mart["measures"]:
        quotient = (
            f"MAX({place('per')}) * DIVIDE(SUM({place('numerator')}), SUM({place('denominator')}))"
        )
        found.append({
            "name": f"Tỷ lệ ({table})",
            "expression": guarded(quotient),
            "formatString": "#,0.00",
            "description": "Tỷ lệ của nhiều dòng: tổng tử số chia tổng mẫu số, của một chỉ tiêu",
        })  # fmt: skip
    return found


def _relations(marts: dict[str, Object], labels: dict[str, str]) -> list[Object]:
    """From each fact to its dimensions. Of several to one dimension the first is active: the unit
    itself, not its district."""
    found: list[Object] = []
    taken: set[tuple[str, str]] = set()
    for name, mart in marts.items():
        if mart["kind"] == "dimension":
            continue
        for column, referred in mart["foreign_keys"].items():
            to, key = referred.rsplit(".", 1)
            found.append({
                "name": f"{_short(name)}.{column}",
                "fromTable": _short(name), "fromColumn": labels.get(column, column),
                "toTable": _short(to), "toColumn": labels.get(key, key),
                "fromCardinality": "many", "toCardinality": "one",
                "crossFilteringBehavior": "oneDirection",
                "isActive": (name, to) not in taken,
            })  # fmt: skip
            taken.add((name, to))
    return found


def _empty_report() -> Object:
    page = {
        "name": "khoxa", "displayName": "Trang 1", "displayOption": 1, "width": 1280, "height": 720,
        "config": "{}", "filters": "[]", "visualContainers": [],
    }  # fmt: skip
    return {"config": json.dumps({"version": "5.43"}), "layoutOptimization": 0, "sections": [page]}


def _short(mart: str) -> str:
    return mart.removeprefix("mart.")


if __name__ == "__main__":
    main()
