"""Filing the words of what was published lately in their indexes.

A publication leaves its words in a list that waits beside the index, and every search goes
through that list besides. Nothing that is found depends on when they are filed.
"""

from django.db import connection


def file_words() -> int:
    """File what waits; return how many pages of words that were. Nobody who publishes or searches
    waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_file_words()")
        return int(cursor.fetchone()[0])
