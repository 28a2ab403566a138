"""How a display speaks, and a recorded word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.voice.models import Speaker


class SpeakerForm(forms.Form):
    """Whether a display speaks, how loud, and when not."""

    speaks = forms.BooleanField(label=_("It speaks"), required=False)
    volume = forms.IntegerField(label=_("Volume, per cent"), min_value=0, max_value=100)
    quiet_from = forms.TimeField(
        label=_("Silent from"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    quiet_until = forms.TimeField(
        label=_("Silent until"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    @classmethod
    def of(cls, speaker: Speaker) -> "SpeakerForm":
        """Return the form of a display as it is set now."""
        names = ("speaks", "volume", "quiet_from", "quiet_until")
        now = {name: getattr(speaker, name) for name in names}
        return cls(initial=now, prefix=str(speaker.device_id))

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end."""
        given: dict[str, Any] = super().clean() or {}
        if (given.get("quiet_from") is None) != (given.get("quiet_until") is None):
            self.add_error("quiet_until", _("Quiet hours need a beginning and an end."))
        return given


class ClipForm(forms.Form):
    """A recorded word; its length in milliseconds where the browser knows it."""

    language = forms.CharField(max_length=12)
    word = forms.CharField(max_length=12)
    sound = forms.FileField(allow_empty_file=False)
    ms = forms.IntegerField(required=False, min_value=0, max_value=60_000)

    def clean_ms(self) -> int:
        """Nothing is 0."""
        return self.cleaned_data["ms"] or 0
