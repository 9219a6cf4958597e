"""How the marts come about, for docs/marts.md: pictures of the models of sql/marts, and a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from etl.aggregate.models import FOLDERS, Model, models, views
from etl.docs.lineage import Origins
from etl.docs.text import chapter, grid, words


def models_part() -> list[str]:
    """The chapter of docs/marts.md on its models, as lines."""
    lines = ["", *chapter("models")]
    for folder in (*FOLDERS, "views"):
        found = [model for model in (*models(), *views()) if model.name.startswith(f"{folder}/")]
        lines += ["", f"### {words('folders')[folder]}", "", "```mermaid", "flowchart LR"]
        lines += [f"    {edge}" for edge in _edges(found)]
        rows = ((_link(m), _quoted(m.makes), m.one_row_per, m.why, _quoted(m.reads)) for m in found)
        lines += ["```", "", *grid("models", rows)]
    return lines


def index_part(origins: Origins) -> list[str]:
    """The chapter of docs/marts.md that leads from a column of a mart to models, as lines."""
    rows = []
    for view in views():
        if not view.makes[0].startswith("mart."):
            continue
        groups: dict[tuple[Model, ...], tuple[list[str], set[str]]] = {}
        for column, tables in origins[view.makes[0]].items():
            makers = dict.fromkeys(m for table in sorted(tables) for m in _writers(table))
            names, sources = groups.setdefault(tuple(makers), ([], set()))
            names.append(f"`{column}`")
            sources.update(f"`{table}`" for table in tables)
        for made_by, (names, sources) in groups.items():
            links = ", ".join(map(_link, (*made_by, view)))
            row = (f"`{view.makes[0]}`", ", ".join(names), ", ".join(sorted(sources)) or "–", links)
            rows.append(row)
    kept = sorted({t for m in models() for t in m.makes if t.startswith("dw.")})
    writers = ((f"`{t}`", _link(m), m.one_row_per) for t in kept for m in _writers(t))
    return ["", *chapter("index"), "", *grid("index", rows), "", *grid("writers", writers)]


def _writers(table: str) -> list[Model]:
    """The models that put rows into a table."""
    return [m for m in models() if table in m.makes and not m.title.startswith("forget_")]


def _link(model: Model) -> str:
    return f"[{model.title}](../sql/marts/{model.name}.sql)"


def _edges(found: list[Model]) -> Iterator[str]:
    """Arrows from model to model, from tables that none of these makes, and to tables that stay;
    those that a longer way says already are left out."""
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

    @cache
    def above(title: str) -> frozenset[str]:
        """Everything that a model rests on."""
        read = sources.get(title, set())
        return frozenset(read).union(*map(above, read))

    for title, read in sources.items():
        for source in sorted(read):
            if not any(source in above(other) for other in read - {source}):
                yield f"{source} --> {title}"
    for model in found:
        if model.is_kept and model.title in sources and f"dw.{model.title}" != model.makes[0]:
            yield f"{model.title} --> {model.makes[0]}"


def _is_drawn(table: str) -> bool:
    return not table.startswith(
        ("dw.dim_", "ref.", "raw.", "ops.calendar", "mart.unit", "stg.touched")
    )


def _quoted(tables: Iterable[str]) -> str:
    return ", ".join(f"`{table}`" for table in tables)
