"""A file handed to whatever the system opens files with."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which


def opened(path: Path) -> bool:
    """Hand a file to whatever the system opens files with; say whether there is such a thing."""
    opener = which("open") if sys.platform == "darwin" else which("xdg-open")
    seen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not (opener and seen):
        return False
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603 (a path that we made, of a file that has no right to be run)
        [opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    return True
