"""What a revision says of itself. Notes that publishing writes by itself say the same in every
language; what somebody wrote stands as they wrote it."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from record.kinds import ANY_REFERENCE

_STANDING: Final[tuple[tuple[re.Pattern[str], Promise], ...]] = (
    (
        re.compile(rf"Published with ({ANY_REFERENCE.pattern})\."),
        _("Published with %(reference)s."),
    ),
    (
        re.compile(rf"Follows a change of ({ANY_REFERENCE.pattern})\."),
        _("Follows a change of %(reference)s."),
    ),
)


def note_words(note: str) -> str:
    """The note in the active language, where it is one of those; else the note."""
    for pattern, words in _STANDING:
        if found := pattern.fullmatch(note):
            return str(words) % {"reference": found[1]}
    return note
