"""A text in the column for its script: those in Urdu stand in the columns for Urdu."""

from reference.names import script_of


def is_local(text: str) -> bool:
    """Whether a text is in Arabic script."""
    return script_of(text) == "arabic"


def by_script(name: str, text: str) -> dict[str, str]:
    """The column of this name, or the one for Urdu beside it, with the text."""
    return {f"{name}_local" if is_local(text) else name: text}
