"""What these pages look like: a fingerprint that changes when their making changes.

A page's entity tag has to change when a template, a translation or a label changes, even though
nothing was published; otherwise a reader would keep the old page for ever.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_MADE_OF = (
    "templates/**/*.html",
    "templates/**/*.xml",
    "website/**/*.py",
    "locale/**/*.mo",
    "static/website/*",
)


@lru_cache(maxsize=1)
def edition() -> str:
    """A short hash of the templates, code and translations that make the pages.

    Computed once a process: a deployment restarts it. The content is hashed rather than the
    times of the files, so that all servers of one deployment agree.
    """
    digest = hashlib.sha256()
    for pattern in _MADE_OF:
        for path in sorted(Path(settings.BASE_DIR).glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
