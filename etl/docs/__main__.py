"""`python -m etl.docs`."""

import sys

from etl.docs import main

sys.exit(main())
