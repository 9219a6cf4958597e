"""Workbooks drawn by the thousand.

KHOXA_FUZZ sets how many (1 000; `make test-long` 5 000), KHOXA_FUZZ_SEED where they start (1).
"""

import os

COUNT = int(os.environ.get("KHOXA_FUZZ", "1000"))
SEED = int(os.environ.get("KHOXA_FUZZ_SEED", "1"))
