"""Draw the sample inbox from samples/facts; the same bytes on every run.

Usage: python -m tools.draw_samples [--out DIR]     (default: samples/inbox)
"""

import argparse
from pathlib import Path

from tools.samples.facts import FACTS
from tools.samples.inbox import draw_inbox

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=FACTS.parent / "inbox", metavar="DIR")
    draw_inbox(parser.parse_args().out)
