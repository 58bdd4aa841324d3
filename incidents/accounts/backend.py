"""Who a session belongs to, and who may come in with a password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from incidents.models import StaffMember


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """User name and password. A locked account is nobody, also in a session begun before."""

    def get_user(self, user_id: Any) -> StaffMember | None:
        """The member of staff of a session; None for an account that is locked or closed."""
        member = super().get_user(user_id)
        if not isinstance(member, StaffMember) or member.is_frozen:
            return None
        return member
