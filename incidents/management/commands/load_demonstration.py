from typing import Any

from django.core.management.base import BaseCommand

from incidents import demonstration


class Command(BaseCommand):
    help = "Enter and publish the documented case, once."

    def handle(self, **options: Any) -> None:
        incidents = demonstration.load()
        if incidents:
            self.stdout.write(f"The documented case is published: {len(incidents)} incidents.")
        else:
            self.stdout.write("The documented case is already there.")
