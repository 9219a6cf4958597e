"""Draw the sample inbox from samples/facts; the same bytes on every run.

Usage: python samples/draw.py [--out DIR]     (default: samples/inbox)
"""

import argparse
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent
sys.path.insert(0, str(SAMPLES.parent))

from samples.drawing.inbox import draw_inbox  # noqa: E402 -- needs the path set above

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=SAMPLES / "inbox", metavar="DIR")
    draw_inbox(parser.parse_args().out)
