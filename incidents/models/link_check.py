"""Each time that we asked the address of a source, and what came of it."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from incidents.models.source import Source


class LinkOutcome(models.TextChoices):
    """What an address answered."""

    WORKS = "works", _("works")
    MOVED = "moved", _("leads to another address")
    GONE = "gone", _("page gone")
    REFUSED = "refused", _("refused to our program")
    SERVER_ERROR = "server-error", _("fault of the server")
    UNREACHABLE = "unreachable", _("not reachable")
    NOT_CHECKED = "not-checked", _("could not be checked")


class LinkProblem(models.TextChoices):
    """Why an address did not answer, or was not asked."""

    NAME = "name", _("there is no server of this name")
    CONNECTION = "connection", _("no connection to the server")
    TIME = "time", _("no answer in time")
    CERTIFICATE = "certificate", _("no secure connection: the certificate is wrong")
    ANSWER = "answer", _("the answer makes no sense")
    REDIRECTS = "redirects", _("it leads on and on, or in a circle")
    ADDRESS = "address", _("no address of the web")
    INSIDE = "inside", _("it leads into a private network, which is never asked")
    LINE = "line", _("nothing else answered either: perhaps it was our own line")


BROKEN = (LinkOutcome.GONE, LinkOutcome.SERVER_ERROR, LinkOutcome.UNREACHABLE)
"""Outcomes in which a reader finds nothing at the address."""


class LinkCheck(models.Model):
    """One request for the address of a source. The log can only be added to, whoever asks.

    ``status`` is the last HTTP status; None where no answer came. ``final_address`` is where it
    led, if elsewhere; ``milliseconds`` is how long the whole of it took. Never published: the
    public learns a state and a day (``record.source_links``).
    """

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="link_checks",
        db_index=False,
        verbose_name=_("source"),
    )
    checked_at = models.DateTimeField(_("checked"))
    address = models.CharField(_("address"), max_length=1000)
    outcome = models.CharField(_("what came of it"), max_length=12, choices=LinkOutcome.choices)
    problem = models.CharField(_("why"), max_length=12, choices=LinkProblem.choices, blank=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    final_address = models.TextField(_("leads to"), blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=LinkOutcome.values), name="link_check_outcome_is_known"
            ),
        )
        indexes = (models.Index(fields=("source", "-id"), name="link_check_latest"),)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.checked_at:%Y-%m-%d}"


def latest_check(column: str, *, before: int = 0) -> Subquery:
    """A column of the last check of the present address of each source of a query, or of the one
    that is ``before`` it by so many."""
    checks = LinkCheck.objects.filter(source=OuterRef("pk"), address=OuterRef("url"))
    return Subquery(checks.order_by("-pk").values(column)[before : before + 1])
