"""What the hall says aloud: which display speaks and how, and the words it has recorded."""

from django.db import models

from onewindow.accounts.models import Device
from onewindow.base.halls.models import Hall
from onewindow.voice.states import Sound


class Speaker(models.Model):
    """How a hall display speaks. One without a row speaks, at four fifths of its volume."""

    device = models.OneToOneField(Device, models.CASCADE, related_name="speaker")
    speaks = models.BooleanField(default=True)
    volume = models.PositiveSmallIntegerField(default=80)  # per cent
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    sampled_at = models.DateTimeField(null=True, blank=True)  # somebody asked for a sample
    sound = models.CharField(max_length=8, choices=Sound.choices, blank=True, default=Sound.UNKNOWN)


class Clip(models.Model):
    """A word that somebody of the hall recorded, in one language. The file lies in the uploads."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="clips")
    language = models.CharField(max_length=12)
    word = models.CharField(max_length=12)
    kind = models.CharField(max_length=4)  # wav, ogg, webm, mp3
    digest = models.CharField(max_length=64)
    ms = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("hall", "language", "word", name="one_clip_a_word")]

    @property
    def path(self) -> str:
        """Where its file lies among the uploads."""
        return f"voice/{self.hall_id}/{self.digest}.{self.kind}"
