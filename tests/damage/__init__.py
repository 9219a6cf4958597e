"""Damaged and hostile input, each kind built when it is asked for.

`DAMAGE[name].build()` gives (file name, bytes); `rule` is the finding that `read` must refuse it
with, or None where it must be read.
"""

from tests.damage import containers, contents, filings, others
from tests.damage.base import DAMAGE, Damage, sound

__all__ = ["DAMAGE", "Damage", "containers", "contents", "filings", "others", "sound"]
