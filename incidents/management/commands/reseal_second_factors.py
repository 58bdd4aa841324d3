from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from incidents.accounts.sealing import UnreadableSecretError, reseal

SEALED = ("secret", "seed", "migrated_codes")


class Command(BaseCommand):
    help = "Seal the secrets of second factors with the first key of GAWAH_ACCOUNT_KEYS."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        done = unreadable = 0
        for factor in Authenticator.objects.select_for_update():
            try:
                factor.data = {name: _resealed(name, value) for name, value in factor.data.items()}
            except UnreadableSecretError:
                unreadable += 1
                continue
            factor.save(update_fields=["data"])
            done += 1
        self.stdout.write(f"Sealed anew: {done}. Under no known key: {unreadable}.")


def _resealed(name: str, value: Any) -> Any:
    if name not in SEALED:
        return value
    return [reseal(each) for each in value] if isinstance(value, list) else reseal(value)
