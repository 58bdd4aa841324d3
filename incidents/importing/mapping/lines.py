"""On which line of a TOML text a key stands. ``tomllib`` reads values without saying where."""

import re
from collections.abc import Sequence

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=(.*)$"""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_TEXTS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_LONG_TEXTS = ('"""', "'''")


class Lines:
    """Where the keys of one TOML text stand."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._of: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._scan()

    def of(self, path: Sequence[str | int], containing: str = "") -> int | None:
        """The line of a key, or of the nearest key around it that has a line of its own.

        ``containing`` moves it down to the line of a value of several lines in which that text
        stands.
        """
        whole = tuple(path)
        for length in range(len(whole), 0, -1):
            line = self._of.get(whole[:length])
            if line is not None:
                return self._within(line, str(containing)) if containing else line
        return None

    def _within(self, line: int, text: str) -> int:
        last = min((other for other in self._of.values() if other > line), default=None)
        for number, content in enumerate(self._lines[line - 1 : last and last - 1], start=line):
            if text in content:
                return number
        return line

    def _scan(self) -> None:
        table: Path = ()
        depth, closing = 0, ""
        for number, line in enumerate(self._lines, start=1):
            if closing:
                closing = "" if closing in line else closing
                continue
            if depth == 0 and (header := _HEADER.match(line)):
                table = self._header(header, number)
                continue
            rest = line
            if depth == 0 and (key := _KEY.match(line)):
                path = (*table, *_parts(key[1]))
                for length in range(len(table) + 1, len(path) + 1):
                    self._of.setdefault(path[:length], number)
                rest = key[2]
            closing = next((sign for sign in _LONG_TEXTS if rest.count(sign) == 1), "")
            bare = _TEXTS.sub("", rest).partition("#")[0]
            depth = max(
                0, depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
            )

    def _header(self, header: re.Match[str], number: int) -> Path:
        parts = _parts(header[2])
        path: Path = ()
        for place, part in enumerate(parts):
            path = (*path, part)
            last = place == len(parts) - 1
            if header[1] == "[[" and last:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                self._of.setdefault(path, number)
                path = (*path, self._counts[path])
        self._of.setdefault(path, number)
        return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
