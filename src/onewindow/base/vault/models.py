"""Which keys this installation's personal data is closed with: their fingerprints, not the keys."""

from django.db import models


class Fingerprint(models.Model):
    """The fingerprint of one key. A node whose key file has another one must not start."""

    name = models.CharField(max_length=20, unique=True)
    value = models.CharField(max_length=64)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.value[:12]}"
