from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """The case file: private, and the only writer of the public record."""

    name = "incidents"
    verbose_name = _("Case file")

    def ready(self) -> None:
        from incidents import informants
        from incidents.accounts import signals
        from incidents.roles import ensure_groups

        # The kinds of work that jobs name.
        import_module("incidents.bulk_jobs")
        import_module("incidents.duplicates.jobs")
        import_module("incidents.evidence.jobs")
        import_module("incidents.importing.jobs")
        import_module("incidents.link_checking.jobs")
        signals.connect()
        informants.connect()
        post_migrate.connect(ensure_groups, sender=self, dispatch_uid="incidents.roles")
