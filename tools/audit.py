"""What is installed is what the locks say, unchanged; and known vulnerabilities, by pip-audit.

`python -m tools.audit`: exit code 1 where a version or a file differs from what was locked and
installed, or pip-audit finds something. pip-audit is not in the locks: it asks a registry about
every package, over the network, and is only run where somebody has installed it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from tools.licences import ROOT, locked

_ALSO = "requirements.lock"


def differences() -> Iterator[str]:
    """Packages of the lock in another version than locked, and files that were changed since."""
    for name, versions in locked().items():
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another Python, or of an extra that is not installed
        if found.version not in versions:
            yield f"{name}: {found.version}, lock: {' '.join(sorted(versions))}"
        for file in found.files or ():
            path = Path(str(found.locate_file(file)))
            if file.hash and not _is_same(path, file.hash.mode, file.hash.value):
                yield f"{name}: {file} đã đổi / was changed"


def _is_same(path: Path, mode: str, value: str) -> bool:
    """Whether a file has the digest that was noted when it was installed; scripts, which installing
    writes, are not asked."""
    if not path.is_file() or path.parent.name == "bin":
        return True
    digest = hashlib.new(mode, path.read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == value


def main() -> int:
    """Say what was found, and what was not asked."""
    found = list(differences())
    print("\n".join(found) or "what is installed is what the locks say, unchanged")
    command = shutil.which("pip-audit")
    if command is None:
        print("known vulnerabilities were not asked for: pip-audit is not installed")
        return int(bool(found))
    plain = re.sub(r" ;[^\\\n]*", "", (ROOT / _ALSO).read_text(encoding="utf-8"))
    words = ["--disable-pip", "--require-hashes", "--requirement", "/dev/stdin"]
    done = subprocess.run([command, *words], input=plain, text=True)
    return int(bool(found) or done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
