"""What slows down those who guess. Rows last an hour or so and name nobody."""

from django.db import models


class LoginTries(models.Model):
    """How often lately one browser, or one network, tried to get into one account.

    ``digest`` tells neither the account nor the network.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:12]


class SpentCode(models.Model):
    """A code of a second factor that was accepted, so that nobody can use it again."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.digest[:12]
