"""The media types of files that more than one part of the program writes or describes."""

from typing import Final

CSV: Final = "text/csv"
GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"
MARKDOWN: Final = "text/markdown"
NDJSON: Final = "application/x-ndjson"
TEXT: Final = "text/plain"
