"""The people at work, as in the tests of the admin."""

from tests.incidents.admin.conftest import (  # noqa: F401
    _english,
    administrator,
    anonymous,
    clerk,
    other_clerk,
    publisher,
    reviewer,
)
