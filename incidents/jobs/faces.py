"""The regular look at faces, names, cases and files in public: consent can end without anybody
doing anything, and a case can be restricted, or a file closed, past every page."""

import logging
import time
from typing import Final

from django.db import DatabaseError

from incidents.publishing.obeying import beyond_consent, obey_consents
from incidents.publishing.photographs import obey_case_file, without_consent
from incidents.publishing.public_files import beyond_boxes, obey_boxes
from incidents.publishing.restricting import obey_restriction, restricted_and_public

LOOK_EVERY: Final = 3600.0
"""Seconds between two looks; each costs four queries on what is public."""

logger = logging.getLogger(__name__)


class FacesRound:
    """When one worker looks again."""

    def __init__(self) -> None:
        self._look_at = 0.0

    def step(self) -> None:
        """Take down what nobody consents to any more, if it is time to look."""
        if time.monotonic() >= self._look_at:
            hide_without_consent()
            take_down_without_consent()
            take_out_restricted()
            take_down_closed_files()
            self._look_at = time.monotonic() + LOOK_EVERY


def take_down_without_consent() -> int:
    """Take out of the record each photograph to which no consent counts any more: it ran out, or
    the person came back. Returns how many. One that cannot be taken out keeps no other in."""
    taken = 0
    for person in without_consent():
        try:
            taken += obey_case_file(person, by=None)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The photograph of %s could not be taken down.", person.reference)
    return taken


def hide_without_consent() -> int:
    """Let the record show less of people whose consent ran out; returns of how many. One that
    cannot be hidden keeps no other in."""
    hidden = 0
    for person in beyond_consent():
        try:
            hidden += bool(obey_consents(person, by=None))
        except DatabaseError:
            raise
        except Exception:
            logger.exception("What is public of %s could not be hidden.", person.reference)
    return hidden


def take_out_restricted() -> int:
    """Take restricted cases out of the record; returns how many. One that cannot be taken out
    keeps no other in."""
    taken = 0
    for incident in restricted_and_public():
        try:
            taken += bool(obey_restriction(incident, by=None).withdrawn)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The restricted case %s could not be taken out.", incident.reference)
    return taken


def take_down_closed_files() -> int:
    """Take down the files of sources that the case file does not allow; returns of how many. One
    that cannot be taken down keeps no other."""
    taken = 0
    for source in beyond_boxes():
        try:
            taken += obey_boxes(source, by=None)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("A file of %s could not be taken down.", source.reference)
    return taken
