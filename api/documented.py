"""Where a parameter is explained to people: on the guide of the website, which is written out, as
the website writes our addresses."""

from functools import cache
from typing import Final

from record.filters import FILTERS
from record.parameters import ParameterError

_GUIDE: Final = "/api-guide/"
_OF_LISTS: Final = ("cursor", "sample", "seed")
_OF_STATISTICS: Final = ("group_by", "unit", "boundaries")
_OF_OTHERS: Final = ("lang", "after", "before", "level", "within")


def documentation_of(error: ParameterError) -> str:
    """The absolute path, without a host, of what a wrong parameter takes; for one that does not
    exist, of the one suggested, or of all."""
    for name in (error.parameter, error.suggestion):
        plain = str(name or "").partition("__")[0]
        if plain in _documented():
            return f"{_GUIDE}#parameter-{plain}"
    return f"{_GUIDE}#parameters"


@cache
def _documented() -> frozenset[str]:
    declared = (name for filters in FILTERS.values() for name in filters.base_filters)
    return frozenset((*declared, *_OF_LISTS, *_OF_STATISTICS, *_OF_OTHERS))
