"""A text in the column for its script: those in Urdu stand in the columns for Urdu."""

from reference.names import script_of


def is_local(text: str) -> bool:
    """Whether a text is in Arabic script."""
    return script_of(text) == "arabic"


def by_script(name: str, text: str, *, needed: bool = False) -> dict[str, str]:
    """The column of this name, or the one for Urdu beside it, with the text.

    ``needed`` fills the first column too: the row would say nothing without it, so it holds the
    text in Urdu until somebody puts it into English.
    """
    if not is_local(text):
        return {name: text}
    return {f"{name}_local": text, name: text if needed else ""}
