"""Where the real data sets are, which are not part of the repository."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def sample_data(relative: str) -> Path:
    """A file of the sample data; skips the test where it is absent.

    `GAWAH_SAMPLE_DATA` names the folder; the default is `shared/data` beside the checkout.
    """
    beside = Path(settings.BASE_DIR).parent / "shared" / "data"
    path = Path(os.environ.get("GAWAH_SAMPLE_DATA") or beside) / relative
    if not path.exists():
        pytest.skip(f"sample data are not here: {relative} (set GAWAH_SAMPLE_DATA)")
    return path
