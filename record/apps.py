from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """The public record: what was decided to be published, and nothing else."""

    name = "record"
    verbose_name = _("Public record")
