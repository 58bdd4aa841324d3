"""Licences of data: where their texts are."""

import re
from typing import Final

_CREATIVE_COMMONS: Final = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)")
_OTHERS: Final = {
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


def licence_address(name: str) -> str:
    """Where a licence of this name can be read; blank where only its name is known."""
    if name.startswith(("https://", "http://")):
        return name
    if found := _CREATIVE_COMMONS.fullmatch(name):
        terms, version = found[1].lower(), found[2]
        return f"https://creativecommons.org/licenses/{terms}/{version}/"
    return _OTHERS.get(name, "")
