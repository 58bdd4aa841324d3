"""The top-level keys of each kind of document: what ``fields`` may name."""

from typing import Final

from record.document_shapes import DOCUMENTS
from record.kinds import Kind

DOCUMENT_KEYS: Final[dict[Kind, tuple[str, ...]]] = {
    kind: tuple(shape["properties"]) for kind, shape in DOCUMENTS.items()
}
