"""README.txt of a bundle: what is in it and how it is checked, in English and in Urdu."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

_CHECK: Final = """
import csv, hashlib
last = {}
for row in csv.DictReader(open("custody.csv", encoding="utf-8", newline="")):
    parts = ("file_sha256", "act", "at", "by_whom", "reason", "previous_hash")
    said = "\\n".join(row[part] for part in parts)
    assert row["previous_hash"] == last.get(row["chain"], ""), row
    assert row["hash"] == hashlib.sha256(said.encode()).hexdigest(), row
    last[row["chain"]] = row["hash"]
print("The log is unbroken.")
"""


def readme(title: str) -> str:
    """The whole text; ``title`` says of what the evidence is."""
    parts = [title]
    for code, _name in settings.LANGUAGES:
        with override(code):
            parts.append("\n\n".join(_paragraphs()))
    parts.append(_CHECK.strip())
    return "\n\n\n".join(parts) + "\n"


def _paragraphs() -> Iterator[str]:
    yield _(
        "This is evidence as it was kept by the organisation that gave it to you. Each file in the "
        "folder “files” is called by the SHA-256 of its content: change one letter in it, and the "
        "two no longer agree."
    )
    yield _(
        "To check the files, open a terminal in the unpacked folder and type: sha256sum -c "
        "SHA256SUMS (on a Mac: shasum -a 256 -c SHA256SUMS). Each line must end with OK."
    )
    yield _(
        "manifest.csv and manifest.json say of each file what it is, when, by whom and how it was "
        "received, from which address, and of which file it is a copy. Where “file” is empty the "
        "file itself could not be given, only its SHA-256."
    )
    yield _(
        "custody.csv says who did what with each file, in order; people stand in it under "
        "pseudonyms. Each line holds the hash of the line before, so that none can be changed, "
        "added or left out in between. To check that, save the lines of Python at the end of this "
        "text as check.py in the unpacked folder and type: python3 check.py"
    )
    yield _(
        "A file whose name ends with “.quarantined” could do harm when it is opened: it holds a "
        "script, macros or other files, or it is not what its name said. Check it, but open it "
        "only on a machine that may be lost."
    )
    yield _(
        "The log shows that nothing was changed after it was written. It cannot show that nobody "
        "wrote the whole of it anew: compare its last hashes with those in an earlier bundle."
    )
