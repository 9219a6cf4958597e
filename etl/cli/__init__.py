"""The `khoxa` command. Door: `main`."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Entry point. Ctrl-C ends any command in silence, also while it is still being imported."""
    atexit.register(gc.freeze)  # a process that ends need not sweep all that it imported first
    try:
        from etl.cli.commands import start

        start()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
