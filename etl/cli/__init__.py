"""The `khoxa` command. Door: `main`."""

from __future__ import annotations


def main() -> None:
    """Entry point. Ctrl-C ends any command in silence, also while it is still being imported."""
    try:
        from etl.cli.commands import start

        start()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
