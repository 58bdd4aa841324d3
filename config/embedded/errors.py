"""What the launcher says when it cannot go on."""


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL cannot be used; the text says why and what to do."""
