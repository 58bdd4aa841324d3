"""The one door from the case file to the public record.

``publish``, ``correct``, ``withdraw`` and ``merge`` are the only functions that write the
record. Each takes the publishing lock, so revisions are numbered in the order of commits, and
either does everything or nothing.
"""

from incidents.publishing.merging import merge
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.releasing import correct, publish
from incidents.publishing.withdrawing import Withdrawn, withdraw

__all__ = ["PublicationRefused", "Withdrawn", "correct", "merge", "publish", "withdraw"]
