"""Reading a release back, for its tests."""

import csv
import json
from hashlib import sha256

from record.releasing.manifest import manifest_in


def texts(folder):
    """Everything that stands in the files of all releases below a folder, drafts included."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    return "\n".join(each.read_text(encoding="utf-8") for each in files)


def lines(folder, name):
    """The objects in a file with one a line."""
    with (folder / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def rows(folder, name):
    """The rows of a table, by column."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def wrong_hashes(folder):
    """Files whose size or hash is not what the manifest says."""
    return [
        each.name
        for each in manifest_in(folder).files
        if (content := (folder / each.name).read_bytes()) is None
        or len(content) != each.bytes
        or sha256(content).hexdigest() != each.sha256
    ]
