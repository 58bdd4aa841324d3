from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    """Uncertain dates, names, areas and vocabularies: the ground floor."""

    name = "reference"
    verbose_name = _("Reference data")
