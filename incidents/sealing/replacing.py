"""Writing a file once more in the place of itself."""

import os
from pathlib import Path


def put_in_place(temporary: Path, path: Path) -> None:
    """Let a file take the place of another, whose owner it gets: who runs a command by hand may be
    another than who serves the pages and has to read it afterwards. Raises OSError."""
    there = path.stat()
    if there.st_uid != temporary.stat().st_uid:
        os.chown(temporary, there.st_uid, there.st_gid)
    os.replace(temporary, path)
