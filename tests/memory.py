"""A file system in memory, for what nothing has to be kept of: there a commit does not wait for a disk."""

import shutil
from pathlib import Path

PLACE = Path("/dev/shm")
NEEDED = 2 * 1024**3


def find_memory() -> Path | None:
    """None where there is none, or too little: containers often have 64 MiB."""
    if not PLACE.is_dir() or shutil.disk_usage(PLACE).free < NEEDED:
        return None
    return PLACE
