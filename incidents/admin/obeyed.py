"""What leaves the public record because of a consent, in words: before it happens and after."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from incidents.publishing import Obeyed


def what_would_go(follows: Obeyed) -> Iterator[str]:
    """Sentences for somebody who is asked whether it is meant."""
    if follows.rewritten:
        yield _("Written anew with less of this person: %s.") % ", ".join(follows.rewritten)
    if follows.withdrawn:
        yield _("Withdrawn whole, with the reason “consent withdrawn”: %s.") % ", ".join(
            follows.withdrawn
        )
    if follows.photograph:
        yield _("The photograph is taken out.")
    if follows.files:
        yield files_would_go(follows.files)
    yield _(
        "A case that goes with it can be published again under its reference once what it shows "
        "is allowed and two people have approved it anew."
    )


def what_went(follows: Obeyed) -> Iterator[str]:
    """Sentences for somebody who has just let it happen."""
    if follows.photograph:
        yield _(
            "The photograph was taken out of the public record: the consent in force, the "
            "protection and the boxes of this page no longer allow it to be shown."
        )
    if follows.files:
        yield files_went(follows.files)
    if follows.withdrawn or follows.rewritten:
        yield _(
            "The public record obeys the consents at once. Withdrawn: %(gone)s. Written anew "
            "with less: %(kept)s."
        ) % {
            "gone": ", ".join(follows.withdrawn) or "–",
            "kept": ", ".join(follows.rewritten) or "–",
        }


def files_would_go(sources: list[str]) -> str:
    """Of which sources redacted files would go."""
    return _("Redacted files beside it are taken down: %s.") % ", ".join(sources)


def files_went(sources: list[str]) -> str:
    """Of which sources redacted files have just gone."""
    return _(
        "The redacted files of these sources were taken down, since nobody knows whether they "
        "hide what is to be hidden now: %s. Look at each again before you tick it anew."
    ) % ", ".join(sources)
