"""What the record refuses to hold. Raised before anything is committed."""

from collections.abc import Sequence


class WritingError(ValueError):
    """What was asked for cannot stand in the record. Nothing was written."""


class NotPublished(WritingError):
    """An incident rests on objects that are not published: ``references`` are theirs."""

    def __init__(self, references: Sequence[str]) -> None:
        """``references`` are the objects to publish first, or to leave out."""
        self.references = references
        super().__init__(f"Not published: {', '.join(references)}.")
