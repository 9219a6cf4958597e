"""Draw the sample inbox from samples/facts; the same bytes on every run.

Usage: python -m tools.draw_samples [--refiled] [--out DIR]     (default: samples/inbox)
"""

import argparse
from pathlib import Path

from tools.samples.facts import FACTS
from tools.samples.inbox import draw_inbox, draw_refiled

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--refiled", action="store_true", help="samples/gui_lai instead")
    parser.add_argument("--out", type=Path, metavar="DIR")
    asked = parser.parse_args()
    draw, name = (draw_refiled, "gui_lai") if asked.refiled else (draw_inbox, "inbox")
    draw(asked.out or FACTS.parent / name)
