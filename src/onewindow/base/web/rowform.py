"""A form for one row of what a hall is made of: the same for every room's set-up."""

from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.halls.texts import TextsField

PICKERS = {  # the browser's own calendar and clock
    forms.DateTimeField: ("datetime-local", "%Y-%m-%dT%H:%M", forms.DateTimeInput),
    forms.DateField: ("date", "%Y-%m-%d", forms.DateInput),
    forms.TimeField: ("time", "%H:%M", forms.TimeInput),
}


class Section(NamedTuple):
    """Some fields that stand together under a heading."""

    title: str | Promise
    names: tuple[str, ...]
    help: str | Promise = ""


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # of whichever model its Meta names
    """What people type of a row. It knows the hall: its languages, and what may be chosen."""

    needed: ClassVar[tuple[str, ...]] = ()  # texts that must have words
    long: ClassVar[tuple[str, ...]] = ()  # texts of several lines
    sections: ClassVar[tuple[Section, ...]] = ()  # all fields in one, unless said otherwise

    def __init__(self, hall: Hall, row: models.Model, data: Any = None, initial: Any = None):
        super().__init__(data, instance=row, initial=initial)
        self.hall = hall
        for name, field in self.fields.items():
            pick(field)
            if isinstance(field, TextsField):
                field.required = name in self.needed
                field.widget.long = name in self.long
                field.speak(hall.languages, self.initial.get(name))
            elif isinstance(field, forms.ModelChoiceField):
                field.queryset = choosable(field.queryset, hall, self.initial.get(name))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the names of the row."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the row that this form may change."""
        return tuple(self.fields)

    def clean(self) -> dict[str, Any]:
        """Put an error beside a code that another row of the hall has."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
                self._check_alone([str(getattr(one, "name", "")) for one in constraint.expressions])
        return given

    def _check_alone(self, names: list[str]) -> None:
        typed = [name for name in names if name in self.fields]
        if not typed or any(name not in self.cleaned_data for name in typed):
            return
        look = {name: self.cleaned_data.get(name, getattr(self.instance, name)) for name in names}
        rows = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        twin = rows.filter(**look).first()
        if twin is None:
            return
        gone = getattr(twin, "archived_at", None)
        self.add_error(typed[-1], ARCHIVED_TWIN if gone else TWIN)


TWIN = _("There is one with this already.")
ARCHIVED_TWIN = _("An archived one has this. Bring it back, or choose another.")


def pick(field: forms.Field) -> None:
    """Give dates and times the browser's own pickers."""
    for kind, (name, shown, widget) in PICKERS.items():
        if isinstance(field, kind):
            field.widget = widget(attrs={"type": name}, format=shown)
            return


def choosable(rows: Any, hall: Hall, present: Any) -> Any:
    """Leave those rows of the hall that are in use, and the one chosen already."""
    names = {field.name for field in rows.model._meta.get_fields()}
    rows = rows.filter(hall=hall) if "hall" in names else rows.filter(halls=hall)
    if "archived_at" in names:
        rows = rows.filter(models.Q(archived_at=None) | models.Q(pk=present))
    return rows


def minute(moment: datetime) -> datetime:
    """Return a moment as a picker shows it, without seconds."""
    return moment.replace(second=0, microsecond=0)
