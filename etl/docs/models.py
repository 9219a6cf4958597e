"""How the marts come about, for docs/marts.md: pictures of the models of sql/marts, and a table."""

from __future__ import annotations

from collections.abc import Iterator

from etl.aggregate.models import FOLDERS, Model, models, views
from etl.docs.text import grid

_TITLES = {
    "indicator": "Chỉ tiêu / indicators",
    "target": "Mục tiêu / targets",
    "fund": "Kinh phí / funds",
    "views": "Bảng cho người đọc / what readers see",
}
_HEADER = (
    *("Mô hình / model", "Tạo ra / makes", "Mỗi dòng là / one row per", "Vì sao / why"),
    "Đọc / reads",
)


def models_part() -> list[str]:
    """The chapter of docs/marts.md on its models, as lines."""
    lines = [
        "",
        "## Từ số liệu đến bảng / From facts to marts",
        "",
        "Mỗi đêm các mô hình trong `sql/marts/` chạy theo thứ tự tên tệp, chỉ cho những đơn vị có"
        " hồ sơ mới. Bảng không có tên lược đồ là bảng tạm của đêm đó; xem các dòng của từng bước"
        " cho một đơn vị bằng `khoxa explain 066 poverty_rate`.",
        "",
        "Every night the models of `sql/marts/` run in the order of their names, for units with new"
        " filings only. A table without a schema is of that night alone; see each step's rows for"
        " one unit with `khoxa explain 066 poverty_rate`.",
    ]
    for folder in (*FOLDERS, "views"):
        found = [model for model in (*models(), *views()) if model.name.startswith(f"{folder}/")]
        lines += ["", f"### {_TITLES[folder]}", "", "```mermaid", "flowchart LR"]
        lines += [f"    {edge}" for edge in _edges(found)]
        lines += ["```", "", *grid(_HEADER, map(_row, found))]
    return lines


def _edges(found: list[Model]) -> Iterator[str]:
    """Arrows from model to model, and from tables that none of these makes; those that a longer
    way says already are left out."""
    sources: dict[str, set[str]] = {}
    makers: dict[str, set[str]] = {}
    for model in found:
        if model.title.startswith("forget_"):
            continue
        sources[model.title] = {
            source
            for table in filter(_is_drawn, model.reads)
            for source in makers.get(table, {table})
        }
        makers.setdefault(model.makes[0], set()).add(model.title)
    for title, read in sources.items():
        for source in sorted(read):
            if not any(source in _above(sources, other) for other in read - {source}):
                yield f"{source} --> {title}"


def _above(sources: dict[str, set[str]], title: str) -> set[str]:
    """Everything that a model rests on."""
    read = sources.get(title, set())
    return read.union(*(_above(sources, source) for source in read))


def _is_drawn(table: str) -> bool:
    return not table.startswith(
        ("dw.dim_", "ref.", "raw.", "ops.calendar", "mart.unit", "stg.touched")
    )


def _row(model: Model) -> tuple[str, ...]:
    return (
        f"[{model.title}](../sql/marts/{model.name}.sql)",
        ", ".join(f"`{table}`" for table in model.makes),
        *(model.one_row_per, model.why, ", ".join(f"`{table}`" for table in model.reads)),
    )
