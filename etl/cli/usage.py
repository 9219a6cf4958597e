"""A command that was typed wrong, in Vietnamese first: typer knows English alone."""

from __future__ import annotations

import os
import re
from typing import Any

from etl.ground.yaml_file import words_beside


def is_usage(error: Exception) -> bool:
    """Whether an error is typer's own, about what was typed."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def usage(error: Any) -> str:
    """What is wrong with the command, and where to look; English alone where KHOXA_LANG is en. ""
    where nothing was typed and the help is printed already."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return ""
    context = getattr(error, "ctx", None)
    asked = f"{context.command_path} --help" if context else "khoxa --help"
    english = str(error.format_message())
    vi = "" if os.environ.get("KHOXA_LANG") == "en" else _vietnamese(english)
    if not vi:
        return f"khoxa: {english}\nSee `{asked}`."
    return f"khoxa: {vi} / {english}\nXem / see `{asked}`."


def _vietnamese(english: str) -> str:
    said: dict[str, str] = words_beside(__file__)["usage"]
    for pattern, words in said.items():
        if found := re.fullmatch(pattern, english):
            return words.format(*(each.replace("'", "") for each in found.groups()))
    return ""
