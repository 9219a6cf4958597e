"""Texts that are filled in: templates beside the module that fills them in."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(module: str, *, is_html: bool = False) -> Environment:
    """The environment of the folder `templates` beside a module (its __file__). What is asked for
    and not there is an error; in HTML every text is escaped."""
    return Environment(
        loader=FileSystemLoader(Path(module).with_name("templates")),
        autoescape=is_html,  # noqa: S701 -- the others are plain text
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=not is_html,
    )  # fmt: skip
