"""The words of a captured file, so that staff find it. Never published."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from incidents.models.capture import Capture


class CaptureText(models.Model):
    """What the worker read in a file. Made anew from the file at will, so it keeps no history.

    ``words`` holds the different words of ``text`` as search folds them. The database refuses a row
    for a file of a confidential source, and deletes those there are when a source becomes
    confidential (migration ``evidence``).
    """

    capture = models.OneToOneField(
        Capture, models.CASCADE, primary_key=True, related_name="extracted"
    )
    text = models.TextField()
    is_cut = models.BooleanField(default=False)
    """Whether the file holds more than was kept."""
    read_at = models.DateTimeField(auto_now=True)
    words = SearchVectorField(null=True)

    class Meta:
        indexes = (GinIndex(fields=("words",), name="capture_text_words"),)

    def __str__(self) -> str:
        return f"{self.capture_id}"
