"""What the chunks of a night gave, until it is staged: in stg.block, so that the machines that read
share nothing but the raw files, and what a task gives is there whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import TypeAdapter

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.records import Block

_COLUMNS = ("chunk", "position", "figures", "content")


def keep(settings: Settings, chunk: str, blocks: Iterable[Block]) -> None:
    """Keep what a chunk gave; what it gave before goes. Two that read it at once, as a task thought
    to be dead and its second try, come one after the other."""
    lines = [
        database.copy_line(
            (chunk, place, block.figures, json.dumps(rest, ensure_ascii=False, default=str))
        )
        for place, block in enumerate(blocks)
        for rest in (_form().dump_python(block._replace(figures="")),)
    ]
    with database.engine(settings).begin() as connection:
        database.run(connection, "staging/forget_chunk", chunk=chunk)
        database.copy_in(connection, "stg.block", _COLUMNS, lines)


def kept(settings: Settings, chunks: list[str]) -> Iterator[Block]:
    """What these chunks gave, one after the other; of one that was lost nothing."""
    with database.asking(settings) as connection:
        for chunk in chunks:
            for figures, content in database.ask(connection, "staging/kept", chunk=chunk):
                yield _form().validate_json(content)._replace(figures=figures)


def lost(settings: Settings, chunks: list[str]) -> list[str]:
    """Those of the chunks that gave nothing."""
    with database.asking(settings) as connection:
        return list(database.ask(connection, "staging/lost_chunks", chunks=chunks).scalars())


@cache
def _form() -> TypeAdapter[Block]:
    return TypeAdapter(Block)
