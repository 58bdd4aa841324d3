"""Command: derive everything that filters and searches need from the published documents."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from record.kinds import Kind
from record.rebuilding import rebuild_keys


class Command(BaseCommand):
    """Safe at any time: publishing goes on, and what is right stays as it is."""

    help = "Derive all keys, facts and search texts anew from the published documents."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the rebuild and print how many objects of each kind it went through."""
        done: Counter[Kind] = Counter()
        for kind, count in rebuild_keys():
            done[kind] += count
        for kind, count in done.items():
            self.stdout.write(f"{kind.plural}: {count}")
