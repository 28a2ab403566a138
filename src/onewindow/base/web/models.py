"""What was already answered, so that a repeated request does nothing twice."""

from django.db import models


class Answer(models.Model):
    """The answer once given to a caller's key. Kept for 24 hours; holds no personal data."""

    caller = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("caller", "key", name="one_answer_per_key")]
