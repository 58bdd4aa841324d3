"""Log lines without what people typed.

A query string may hold the name somebody searched for, and the text of an exception the row that
broke a rule ("Key (name)=(...) already exists"). Logs are copied, mailed and kept, so neither
goes into them: the path, the kind of error and the place in the code are enough to find a fault.
"""

import logging
import re
import traceback
from types import TracebackType

from django.conf import settings

_QUERY_STRING = re.compile(r"\?[^\s\"'>)\]]*")

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    """Time, level, logger and message; query strings cut, texts of exceptions left out.

    With ``DEBUG`` the texts stay, because a developer works on made-up cases.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line, with every query string replaced by a bare question mark."""
        return _QUERY_STRING.sub("?", super().formatMessage(record))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802
        """Where it happened and of what kind, without the exception's own words."""
        if settings.DEBUG:
            return super().formatException(ei)
        kind, _, where = ei
        name = f"{kind.__module__}.{kind.__qualname__}" if kind else "unknown"
        return "".join([*traceback.format_tb(where), name])
