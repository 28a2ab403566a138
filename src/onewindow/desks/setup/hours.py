"""Opening hours as a sheet: a week for the hall, and one for each part with hours of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.base.deadlines import actions
from onewindow.base.deadlines.forms import HoursForm
from onewindow.base.deadlines.models import Hours
from onewindow.base.deadlines.queries import HoursOf, hours_of
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.trail.queries import history
from onewindow.base.web.refused import NotFound
from onewindow.base.web.rowform import Section
from onewindow.catalogue.queries import services
from onewindow.desks.setup.sheets import Column, Sheet
from onewindow.floor.queries import windows, zones


def places(hall: Hall) -> Iterator[tuple[str, str]]:
    """Yield what may keep hours: the hall itself, its zones, windows and services."""
    yield "", str(_("The whole hall"))
    for zone in zones(hall):
        yield f"zone.{zone.code}", gettext("Zone {name}").format(name=zone)
    for window in windows(hall):
        yield f"window.{window.label}", gettext("Window {name}").format(name=window)
    for service in services(hall):
        yield f"service.{service.code}", gettext("Service {name}").format(name=service)


@dataclass(frozen=True)
class NewHours(HoursOf):
    """The week of a part that keeps none of its own yet: it begins as the hall's."""

    @property
    def pk(self) -> None:  # type: ignore[override]  # nothing stands for it yet
        """Nothing: it is not saved."""
        return None


class PartHoursForm(HoursForm):
    """The week of a part that is chosen here."""

    scope = forms.ChoiceField(label=_("What keeps hours of its own"))
    sections = (Section("", ("scope",)),)

    def __init__(self, hall: Hall, row: HoursOf, data: Any = None, initial: Any = None) -> None:
        super().__init__(hall, row, data, initial)
        taken = {one.scope for one in _rows(hall)}
        choices = [(scope, words) for scope, words in places(hall) if scope not in taken]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"scope": self.cleaned_data["scope"]}


def _form(hall: Hall, row: HoursOf, data: Any = None, initial: Any = None) -> HoursForm:
    kind = PartHoursForm if isinstance(row, NewHours) else HoursForm
    return kind(hall, row, data, initial)


def _rows(hall: Hall) -> list[HoursOf]:
    kept = Hours.objects.filter(hall=hall).exclude(scope="").order_by("scope")
    scopes = kept.values_list("scope", flat=True).distinct()
    return [hours_of(hall), *(hours_of(hall, scope) for scope in scopes)]


def _save(
    *, hall: Hall, row: HoursOf, values: Mapping[str, Any], by: By, seen: str = ""
) -> HoursOf:
    scope = values.get("scope", row.scope)
    actions.set_hours(hall=hall, week=values["week"], by=by, scope=scope, seen=seen)
    return hours_of(hall, scope)


def in_words(week: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """Return a week as people say it: days with the same hours together."""
    said = [(day, _ends(week.get(day, week.get(str(day), ())))) for day in range(7)]
    runs = [
        (spans, [day for day, _same in run]) for spans, run in groupby(said, lambda one: one[1])
    ]
    return [(_days(days), spans or str(_("not open"))) for spans, days in runs]


def _ends(spans: Any) -> str:
    ends = ([f"{at:%H:%M}" if isinstance(at, time) else str(at)[:5] for at in one] for one in spans)
    return ", ".join("–".join(one) for one in ends)


def _days(days: list[int]) -> str:
    first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
    if len(days) == 1:
        return first
    return gettext("{first} to {last}").format(first=first, last=last)


class _Hours(Sheet):
    """The weeks of a hall."""

    def row(self, hall: Hall, key: str) -> Any:
        scope = "" if key == "hall" else key
        if scope not in dict(places(hall)):
            raise NotFound
        return hours_of(hall, scope)

    def named(self, row: Any) -> str:
        return str(dict(places(row.hall)).get(row.scope, row.scope))

    def found(self, hall: Hall, asked: Mapping[str, str]) -> Any:
        words = dict(places(hall))
        return [
            SimpleNamespace(pk=one.pk, where=words.get(one.scope, one.scope), week=one.week)
            for one in _rows(hall)
        ]

    def history(self, hall: Hall, row: Any) -> QuerySet[Entry]:
        label = row.scope or hall.slug
        return history(hall, hall=hall.pk).filter(kind="hours.set", label=label).reverse()

    def count(self, hall: Hall) -> int | None:
        return None


HOURS = _Hours(
    name="hours",
    title=_("Opening hours"),
    one=_("Hours of its own"),
    icon="clock",
    form=_form,
    rows=_rows,
    blank=lambda hall: NewHours(hall, "", hours_of(hall).week),
    columns=(Column(_("Whose hours"), "where", "name"), Column(_("Week"), "week", "week")),
    can=Can.SET_HOURS,
    keep=_save,
    archive=None,
    layout="desks/setup/_week.html",
    about=_("The hall's week; zones, windows and services may keep hours of their own."),
)
