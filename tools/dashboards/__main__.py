"""`python -m tools.dashboards [--check]`."""

import argparse

from etl.docs import scratch_warehouse
from tools.dashboards import BUNDLE_DIR, files, stale


def main() -> int:
    """Write or check the bundle; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.dashboards")
    parser.add_argument("--check", action="store_true", help="only say which files are stale")
    only_check = parser.parse_args().check
    with scratch_warehouse() as settings:
        texts = files(settings)
    paths = stale(texts)
    for path in paths:
        file = BUNDLE_DIR / path
        if not only_check and path in texts:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[path], encoding="utf-8")
        elif not only_check:
            file.unlink()
        print(f"{path}: {'stale' if only_check else 'written' if path in texts else 'gone'}")
    return int(only_check and bool(paths))


raise SystemExit(main())
