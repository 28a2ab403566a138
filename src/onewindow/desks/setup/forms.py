"""What people type of the organisation, the hall, its departments and its rules."""

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Department, Hall, Organisation
from onewindow.base.halls.texts import TextsField, own_name
from onewindow.base.web.accents import STEP, TONES, nearest, to_hex
from onewindow.base.web.refused import Refused
from onewindow.base.web.rowform import RowForm, Section, choosable
from onewindow.tickets.actions import clock

SPOKEN = [
    (one, own_name(one))
    for one in ("zh-Hans", "en", "ug", "mn", "kk", "ko", "ja", "ru", "fr", "es")
]


class OrganisationForm(RowForm):
    """The organisation's name."""

    needed = ("name",)

    class Meta:
        model = Organisation
        fields = ("name",)
        labels = {"name": _("Name")}
        help_texts = {"name": _("It stands on slips and letters of all halls.")}


class AccentInput(forms.RadioSelect):
    """The accent colours, as they look."""

    template_name = "desks/setup/accents.html"

    def create_option(self, *given: Any, **more: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*given, **more)
        (lightness, chroma), _dark = TONES["accent"]
        option["colour"] = to_hex(lightness, chroma, int(str(option["value"])))
        return option


class HallForm(RowForm):
    """The hall: how it is called and reached, how it speaks and looks."""

    needed = ("name",)
    sections = (
        Section(_("Name and place"), ("name", "address", "phone")),
        Section(_("How it speaks"), ("languages", "first")),
        Section(_("How it looks"), ("accent",)),
        Section(_("Its day"), ("timezone", "day_starts")),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=SPOKEN,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each text of the set-up is asked for in all of them."),
    )
    first = forms.ChoiceField(
        label=_("The hall's own language"),
        choices=SPOKEN,
        help_text=_("What lacks in another language is said in this one."),
    )
    accent = forms.TypedChoiceField(
        label=_("Accent colour"),
        coerce=int,
        choices=[(hue, f"{hue}°") for hue in range(0, 360, STEP)],
        widget=AccentInput,
    )

    class Meta:
        model = Hall
        fields = ("name", "address", "phone", "languages", "accent", "timezone", "day_starts")
        labels = {
            "name": _("Name"),
            "address": _("Address"),
            "phone": _("Telephone"),
            "timezone": _("Time zone"),
            "day_starts": _("The day begins at"),
        }
        help_texts = {
            "day_starts": _(
                "At this hour numbers begin anew; what is done before it belongs to the day before."
            ),
        }
        widgets = {
            "timezone": forms.Select(choices=[(one, one) for one in sorted(available_timezones())]),
        }

    def __init__(self, hall: Hall, row: Hall, data: Any = None, initial: Any = None) -> None:
        given = {"first": row.language, "accent": nearest(row.accent)}
        super().__init__(hall, row, data, given | (initial or {}))

    def clean(self) -> dict[str, Any]:
        """Put the hall's own language before the others."""
        given = super().clean()
        first, chosen = given.get("first"), given.get("languages", [])
        if first:
            given["languages"] = [first, *(one for one in chosen if one != first)]
        self._check_clock(given)
        return given

    def _check_clock(self, given: dict[str, Any]) -> None:
        """Put beside the field why the hall's clock cannot be changed now."""
        changes = clock.changes_clock(self.instance, given)
        if changes:
            try:
                clock.stands_still(self.instance)
            except Refused as no:
                self.add_error(changes[0], str(no))

    @property
    def names(self) -> tuple[str, ...]:
        return self.Meta.fields


class DepartmentForm(RowForm):
    """A department that serves in the hall."""

    needed = ("name",)

    class Meta:
        model = Department
        fields = ("name", "code")
        labels = {"name": _("Name"), "code": _("Short code")}
        help_texts = {"name": _("A department is the organisation's: other halls see the change.")}


class ClockField(forms.TimeField):
    """An hour of the day, kept as it is written: "16:00"."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def clean(self, value: Any) -> str:
        """Return the hour. Raise ValidationError."""
        return f"{super().clean(value):%H:%M}"


class FiguresField(forms.CharField):
    """A figure for each of some codes: "HK-01 = 4, SB-02 = 0"."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=2_000, **given)

    def prepare_value(self, value: Any) -> Any:
        """Write the figures as they are typed."""
        if isinstance(value, dict):
            return ", ".join(f"{code} = {figure}" for code, figure in value.items())
        return value

    def clean(self, value: Any) -> dict[str, int]:
        """Return the figures by code. Raise ValidationError with the part that is none."""
        typed = [one.strip() for one in re.split(r"[,;，；、\n]", super().clean(value))]
        return dict(_pair(one) for one in typed if one)


def _pair(typed: str) -> tuple[str, int]:
    found = re.fullmatch(r"(\S+?)\s*[=＝:：]\s*(\d{1,3})", typed)
    if found is None:
        raise forms.ValidationError(
            _("“%(typed)s” is not a short code with a number: HK-01 = 4."),
            params={"typed": typed},
        )
    return found[1], int(found[2])


def _texts(**given: Any) -> forms.Field:
    return TextsField(required=False, **given)


KINDS: dict[str, Callable[..., forms.Field]] = {
    "clock": ClockField,
    "figures": FiguresField,
    "texts": _texts,
}


class RulesForm(forms.Form):
    """A room's settings: a field for each of the dataclass, with its words."""

    def __init__(self, hall: Hall, row: Any, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial={one.name: getattr(row, one.name) for one in fields(row)})
        self.hall, self.row = hall, row
        for one in fields(row):
            field = self.fields[one.name] = _field_of(one)
            if isinstance(field, TextsField):
                field.speak(hall.languages, self.initial[one.name])

    @property
    def names(self) -> tuple[str, ...]:
        """The settings' names."""
        return tuple(one.name for one in fields(self.row))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts that the settings stand in."""
        parts: dict[Any, list[str]] = {}
        part: Any = ""
        for one in fields(self.row):
            part = one.metadata["part"] or part
            parts.setdefault(part, []).append(one.name)
        return tuple(Section(title, tuple(names)) for title, names in parts.items())


def _field_of(one: Field[Any]) -> forms.Field:
    """Return the input of a setting: right for its type, and telling its default."""
    words: Any = one.metadata
    given = {"label": words["label"], "help_text": _with_default(one)}
    if words["kind"] in KINDS:
        return KINDS[words["kind"]](**given)
    if isinstance(one.default, bool):
        return forms.BooleanField(required=False, **given)
    if words["choices"]:
        return forms.ChoiceField(choices=words["choices"], required=False, **given)
    if isinstance(one.default, int):
        least, most = words["between"]
        return forms.IntegerField(min_value=least, max_value=most, **given)
    return forms.CharField(required=False, max_length=200, **given)


def _with_default(one: Field[Any]) -> str:
    default = one.default
    if default is MISSING:
        default = one.metadata["usual"]
    elif isinstance(default, bool):
        default = _("on") if default else _("off")
    elif one.metadata["choices"]:
        default = dict(one.metadata["choices"]()).get(default, default)
    said = _("Usually: {default}.").format(default=default)
    return f"{one.metadata['help']} {said}".strip()


class FindForm(forms.Form):
    """What a list is searched and filtered by."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60)

    def __init__(self, hall: Hall, sheet: Any, data: Any = None) -> None:
        super().__init__(data)
        if not sheet.search:
            del self.fields["q"]
        for name in sheet.filters:
            field = sheet.model._meta.get_field(name)
            self.fields[name] = forms.ChoiceField(
                label=sheet.form._meta.labels[name],
                required=False,
                choices=[("", _("all")), *_choices(field, hall)],
            )
        if sheet.archive:
            states = [("", _("in use")), ("archived", _("archived"))]
            self.fields["state"] = forms.ChoiceField(
                label=_("State"), required=False, choices=states
            )


def _choices(field: Any, hall: Hall) -> list[tuple[Any, Any]]:
    if field.is_relation:
        rows = choosable(field.related_model._default_manager.all(), hall, None)
        return [(row.pk, str(row)) for row in rows]
    return list(field.choices)
