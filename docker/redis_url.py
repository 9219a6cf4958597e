"""The address of the Celery queue, with any password: Airflow asks for it by this command.

python -S docker/redis_url.py NUMBER_OF_DATABASE
"""

import os
import sys
from urllib.parse import quote

print(f"redis://:{quote(os.environ['REDIS_PASSWORD'], safe='')}@redis:6379/{sys.argv[1]}")
