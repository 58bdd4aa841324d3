"""Sessions of people who are logged in."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone


class StaffSessionQuerySet(models.QuerySet["StaffSession"]):
    """Reads of sessions."""

    def open(self, *, at: datetime | None = None) -> Self:
        """Sessions that still let somebody in."""
        return self.filter(expire_date__gt=at or timezone.now())

    def of(self, member: models.Model) -> Self:
        """Sessions of one member of staff, the one last used first."""
        return self.filter(member_id=member.pk).order_by("-used_at", "session_key")


class StaffSessionManager(BaseSessionManager.from_queryset(StaffSessionQuerySet)):  # type: ignore[misc]
    """The manager that the store asks for."""


class StaffSession(AbstractBaseSession):
    """One browser in which somebody is, or was, logged in.

    Holds no network address: a list of where staff have been is a danger to them.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )
    begun_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, blank=True)

    objects: ClassVar[StaffSessionManager] = StaffSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        db_table = "incidents_staffsession"

    @property
    def used_about(self) -> datetime | None:
        """When it was last used, to the quarter of an hour before."""
        if self.used_at is None:
            return None
        used: datetime = self.used_at
        return used - timedelta(
            minutes=used.minute % 15, seconds=used.second, microseconds=used.microsecond
        )

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        from incidents.accounts.sessions import SessionStore

        return SessionStore
