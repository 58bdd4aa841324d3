"""Counts as a CSV file for a spreadsheet or a program."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from record.files import cell
from record.statistics import Bucket, Statistics

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take the Urdu labels for another encoding."""


def counted_file(found: Statistics, base: str, *, has_range: bool) -> str:
    """The buckets as CSV, one a row, with the address of each one's list.

    Column names are codes and stay English, as in the API; labels are in the active language.
    With a range of dates, the certain and the only possible are columns of their own.
    """
    out = io.StringIO(newline="")
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_header(found, has_range))
    for bucket in found.buckets:
        writer.writerow([cell(value) for value in _cells(bucket, base, has_range)])
    return out.getvalue()


def _header(found: Statistics, has_range: bool) -> Sequence[str]:
    named = [
        column
        for dimension in found.dimensions
        for column in (dimension.name, f"{dimension.name}_label")
    ]
    counts = [found.unit]
    if has_range:
        counts += [f"{found.unit}_certain", f"{found.unit}_only_possible"]
    if found.people is not None:
        counts += ["people_known", "groups_of_unknown_size", "people_estimated"]
    return [*named, *counts, "list"]


def _cells(bucket: Bucket, base: str, has_range: bool) -> Iterator[Any]:
    for value in bucket.values:
        yield value.code
        yield value.label
    yield bucket.count
    if has_range:
        yield bucket.certain
        yield bucket.count - bucket.certain
    if bucket.people is not None:
        yield bucket.people.known
        yield bucket.people.groups_of_unknown_size
        yield bucket.people.estimated
    yield f"{base}?{bucket.link}" if bucket.link else ""
