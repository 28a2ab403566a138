"""What an administrator types about a hook, checked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onewindow.hooks.events import EVENTS, TEST
from onewindow.hooks.events import words as event_words
from onewindow.hooks.models import Hook
from onewindow.hooks.rules import target
from onewindow.hooks.states import State

CHOICES = [(kind, event.label) for kind, event in EVENTS.items()]


class HookForm(forms.Form):
    """A hook's name, its address, and what it is told."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Such as: statistics of the city")
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Begins with https:// (or http:// within the hall's own network)."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told"), choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.isascii() or not url.isprintable() or " " in url or target(url) is None:
            raise ValidationError(
                _("This is no address of the web, such as https://data.example/onewindow.")
            )
        return url


class ChangeForm(HookForm):
    """The same, of a hook that is there."""

    is_active = forms.BooleanField(label=_("It is in use"), required=False)

    def __init__(self, hook: Hook, data: Any = None) -> None:
        names = ("name", "url", "events", "is_active")
        super().__init__(data, initial={name: getattr(hook, name) for name in names})


class LogFilter(forms.Form):
    """Which deliveries to show."""

    hook = forms.ChoiceField(label=_("Webhook"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
    event = forms.ChoiceField(
        label=_("Event"),
        required=False,
        choices=[("", _("all")), (TEST, event_words(TEST)), *CHOICES],
    )

    def __init__(self, hooks: list[Hook], data: Any = None) -> None:
        super().__init__(data)
        named = [(str(hook.pk), hook.name) for hook in hooks]
        self.fields["hook"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Return what was chosen; a choice that there is not counts as none."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return {
            "hook": int(given["hook"]) if given["hook"] else None,
            "state": given["state"] or "",
            "event": given["event"] or "",
        }
