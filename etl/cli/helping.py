"""`khoxa --help` in the language of KHOXA_LANG, Vietnamese by default, and `khoxa --version`."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import typer
import yaml

from etl.ground.errors import BadValue

_WORDS = Path(__file__).with_name("help_vi.yaml")
_PANELS = {"ARGUMENTS_PANEL_TITLE": "Đối số", "OPTIONS_PANEL_TITLE": "Tuỳ chọn",
           "COMMANDS_PANEL_TITLE": "Lệnh", "DEFAULT_STRING": "[mặc định: {}]",
           "REQUIRED_LONG_STRING": "[bắt buộc]"}  # fmt: skip


def say_version(wanted: bool) -> None:
    """Print khoxa's version, and end."""
    if wanted:
        typer.echo(f"khoxa {metadata.version('khoxa')}")
        raise typer.Exit


def spoken(command: Any) -> Any:
    """The command with its help in KHOXA_LANG: vi (the default) or en; only where help is asked
    for. Raises BadValue for another language."""
    language = os.environ.get("KHOXA_LANG") or "vi"
    if language not in ("vi", "en"):
        raise BadValue(f"KHOXA_LANG {language}: vi hoặc/or en")
    asked = len(sys.argv) < 2 or "--help" in sys.argv or sys.argv[1:] == ["unit"]
    return translated(command) if language == "vi" and asked else command


def translated(command: Any) -> Any:
    """The command with every help text in Vietnamese; one without stays English."""
    from typer import rich_utils

    words = {_flat(pair["en"]): pair["vi"] for pair in pairs()}
    for name, text in _PANELS.items():
        setattr(rich_utils, name, text)
    for each in _tree(command):
        each.help = words.get(_flat(each.help), each.help)
    return command


def pairs() -> list[dict[str, str]]:
    """The help texts: `en` as written in the commands, and `vi`."""
    found: list[dict[str, str]] = yaml.safe_load(_WORDS.read_text("utf-8"))
    return found


def _tree(command: Any) -> list[Any]:
    """The command, those in it, and their options, as far as they have a help text."""
    own_help = command.get_help_option(typer.Context(command))  # made once a command
    found = [command, *command.params, *filter(None, [own_help])]
    for each in getattr(command, "commands", {}).values():
        found += _tree(each)
    return [each for each in found if getattr(each, "help", None)]


def _flat(text: str) -> str:
    return " ".join(text.split())
