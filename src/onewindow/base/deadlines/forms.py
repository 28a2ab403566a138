"""What people type of opening hours and special days."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from onewindow.base.deadlines.models import SpecialDay
from onewindow.base.deadlines.queries import HoursOf
from onewindow.base.halls.models import Hall
from onewindow.base.web.rowform import RowForm, Section, pick

SPANS = 3
WORKING_DAYS = range(1, 5)  # Tuesday to Friday
MINUTES = 24 * 60
ENDS = ("opens", "closes")
LABELS = (_("opens"), _("closes"))
Times = tuple[time, time]


class HoursForm(forms.Form):
    """A week: up to three spans a day. Errors stand beside the span they are about."""

    as_monday = forms.BooleanField(label=_("Tuesday to Friday as on Monday"), required=False)
    sections: ClassVar[tuple[Section, ...]] = ()
    names = ("week",)

    def __init__(self, hall: Hall, row: HoursOf, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.hall = hall
        for day, words in dates.WEEKDAYS.items():
            given = list(row.week.get(day, ()))
            for number in range(SPANS):
                times = given[number] if number < len(given) else (None, None)
                for name, label, at in zip(ENDS, LABELS, times, strict=True):
                    field = forms.TimeField(label=f"{words}: {label}", required=False, initial=at)
                    pick(field)
                    field.widget.attrs["aria-label"] = f"{words}, {number + 1}: {label}"
                    self.fields[f"{name}-{day}-{number}"] = field

    @property
    def days(self) -> Iterator[tuple[str, list[tuple[Any, Any]]]]:
        """Yield each weekday with its spans, for the page."""
        for day, words in dates.WEEKDAYS.items():
            spans = [tuple(self[f"{name}-{day}-{n}"] for name in ENDS) for n in range(SPANS)]
            yield str(words), spans  # type: ignore[misc]  # two ends each

    @property
    def values(self) -> dict[str, Any]:
        """The week that was typed."""
        week = {day: self._spans(day) for day in dates.WEEKDAYS}
        if self.cleaned_data["as_monday"]:
            week |= dict.fromkeys(WORKING_DAYS, week[0])
        return {"week": {day: spans for day, spans in week.items() if spans}}

    def clean(self) -> None:
        """Look at each span, and at each with the one before it."""
        for day in dates.WEEKDAYS:
            for number in range(SPANS):
                self._check(day, number)
            self._check_overlaps(day)

    def _check(self, day: int, number: int) -> None:
        opens, closes = self._ends(day, number)
        if (opens is None) != (closes is None):
            lacks = f"{ENDS[0] if opens is None else ENDS[1]}-{day}-{number}"
            if lacks not in self.errors:
                self.add_error(lacks, _("One end of this span is missing."))
        elif opens and closes and not self._within(opens) < self._within(closes, last=True):
            self.add_error(f"{ENDS[1]}-{day}-{number}", _("It closes before it opens."))

    def _check_overlaps(self, day: int) -> None:
        before = 0
        for opens, closes, number in sorted(self._typed(day)):
            if opens < before:
                self.add_error(f"{ENDS[0]}-{day}-{number}", _("This overlaps another span."))
            before = max(before, closes)

    def _typed(self, day: int) -> Iterator[tuple[int, int, int]]:
        for number in range(SPANS):
            opens, closes = self._ends(day, number)
            if opens and closes:
                yield self._within(opens), self._within(closes, last=True), number

    def _ends(self, day: int, number: int) -> tuple[time | None, time | None]:
        opens, closes = (self.cleaned_data.get(f"{name}-{day}-{number}") for name in ENDS)
        return opens, closes

    def _within(self, at: time, *, last: bool = False) -> int:
        """Return the minute of the hall's day, which may end after midnight."""
        starts = self.hall.day_starts
        minute = (at.hour - starts.hour) * 60 + at.minute - starts.minute
        return minute % MINUTES or (MINUTES if last else 0)

    def _spans(self, day: int) -> list[Times]:
        ends = [self._ends(day, number) for number in range(SPANS)]
        spans = [(opens, closes) for opens, closes in ends if opens and closes]
        return sorted(spans, key=lambda span: self._within(span[0]))


class SpecialDayForm(RowForm):
    """A date that differs."""

    sections = (
        Section(_("The date"), ("day", "is_open", "opens", "closes", "note")),
        Section(_("For limits in working days"), ("counts",)),
    )

    class Meta:
        model = SpecialDay
        fields = ("day", "is_open", "opens", "closes", "note", "counts")
        labels = {
            "day": _("Date"),
            "is_open": _("On this day the hall is"),
            "opens": _("Opens"),
            "closes": _("Closes"),
            "note": _("What visitors are told"),
            "counts": _("It counts as a working day"),
        }
        help_texts = {
            "opens": _("Both times empty: as on that weekday."),
            "note": _("Such as: Closed for the Spring Festival."),
            "counts": _("Whether the hall opens and whether the day counts are two questions."),
        }
        widgets = {
            "is_open": forms.Select(choices=[(False, _("not open")), (True, _("open"))]),
            "counts": forms.NullBooleanSelect,
        }

    def __init__(self, hall: Hall, row: SpecialDay, data: Any = None, initial: Any = None) -> None:
        super().__init__(hall, row, data, initial)
        self.fields["counts"].widget.choices = [
            ("unknown", _("as the country's calendar says")),
            ("true", _("yes")),
            ("false", _("no")),
        ]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.instance.pk and day < self.hall.today():
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        opens, closes = given.get("opens"), given.get("closes")
        if not given.get("is_open"):
            given["opens"] = given["closes"] = None
        elif (opens is None) != (closes is None):
            lacks = "opens" if opens is None else "closes"
            self.add_error(lacks, _("Give both times, or none."))
        elif opens and closes and closes <= opens:
            self.add_error("closes", _("It closes before it opens."))
        return given
