"""`python -m etl.docs`: the pages tell of what ships and of samples/local."""

import os
import sys

from etl.docs import main
from etl.ground.config import LOCAL_DIR, ROOT

SAMPLE = ROOT / "samples" / "local"
if LOCAL_DIR != SAMPLE:
    own = {"KHOXA_LOCAL": str(SAMPLE)}
    os.execve(sys.executable, [sys.executable, "-m", "etl.docs", *sys.argv[1:]], os.environ | own)  # noqa: S606
sys.exit(main())
