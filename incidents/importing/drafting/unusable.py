"""A text of a cell that a field cannot take."""


class Unusable(ValueError):
    """Why a text cannot be used, and how to mend it. ``code`` names the kind of fault."""

    def __init__(self, code: str, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.remedy = remedy
