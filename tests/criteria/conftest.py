"""The people at work, as in the tests of the admin, and a folder for their files."""

from tests.incidents.admin.conftest import (  # noqa: F401
    _english,
    administrator,
    anonymous,
    clerk,
    other_clerk,
    publisher,
    reviewer,
)
from tests.incidents.evidence.conftest import folder  # noqa: F401
