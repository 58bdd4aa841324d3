"""The one door from the case file to the public record.

``publish``, ``publish_many``, ``correct``, ``withdraw``, ``take_down``, ``obey_consents``,
``merge`` and ``separate`` alone write the record. Each takes the publishing lock, so revisions are
numbered in the order of commits, and either does everything or nothing.
"""

from incidents.publishing.merging import merge
from incidents.publishing.obeying import Obeyed, obey_consents
from incidents.publishing.photographs import take_down
from incidents.publishing.refusal import PublicationRefused
from incidents.publishing.releasing import Outcome, correct, publish, publish_many
from incidents.publishing.separating import Separated, separate
from incidents.publishing.withdrawing import Withdrawn, withdraw

__all__ = [
    "Obeyed",
    "Outcome",
    "PublicationRefused",
    "Separated",
    "Withdrawn",
    "correct",
    "merge",
    "obey_consents",
    "publish",
    "publish_many",
    "separate",
    "take_down",
    "withdraw",
]
