"""A folder for the files of each test, and people at their browsers."""

import pytest

from tests.incidents.admin.conftest import (  # noqa: F401
    _english,
    administrator,
    anonymous,
    clerk,
    other_clerk,
    publisher,
    reviewer,
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
