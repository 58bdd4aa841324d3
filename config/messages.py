"""Message catalogues: ``.po`` is kept in the repository, ``.mo`` is made where it runs.

With Babel rather than gettext's programs, so that a fresh machine needs no system package.
"""

import os
import secrets
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.embedded.places import PROJECT


def compile_messages(locale: Path) -> list[Path]:
    """Compile each ``django.po`` below ``locale`` that changed since; returns the ``.mo`` written.

    Each file is replaced in one step, so that several processes may do it at once.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)


if __name__ == "__main__":
    compile_messages(PROJECT / "locale")
