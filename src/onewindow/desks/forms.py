"""What the duty manager says."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.catalogue.queries import service_by_code
from onewindow.floor.queries import windows
from onewindow.floor.states import Choice
from onewindow.printing.queries import printer_devices
from onewindow.printing.states import Why
from onewindow.tickets.actions.group import PEOPLE_AT_MOST
from onewindow.tickets.forms import HallForm, HelpForm, offered, spans
from onewindow.tickets.states import AfterOutage, Need, Priority


def for_now() -> list[tuple[str, Any]]:
    """How long a window serves something else."""
    return [*spans((30, 60, 120)), ("", gettext("until the hall closes"))]


class WhyForm(HallForm):
    """Why somebody is brought back."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class ServeForm(HallForm):
    """What a window serves for a while."""

    service = forms.ChoiceField(label=_("Service"))
    choice = forms.TypedChoiceField(
        label=_("As"),
        choices=[*Choice.choices, ("", _("not here"))],
        coerce=lambda given: Choice(int(given)),
        required=False,
        empty_value=None,
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=for_now,
        initial=60,
        required=False,
        empty_value=None,
    )

    def fill(self, hall: Hall) -> None:
        self.offer("service", offered(hall))

    def serve(self) -> dict[str, Any]:
        """Return service, choice (None: not at all) and until when. Raise BadInput."""
        asked = self.checked()
        minutes = asked["minutes"]
        return {
            "service": service_by_code(self.hall, asked["service"]),
            "choice": asked["choice"],
            "until": clocks.now() + timedelta(minutes=minutes) if minutes else None,
        }


class OfferForm(HallForm):
    """What somebody who is not served today was offered."""

    offered = forms.CharField(label=_("What was offered"), max_length=200, required=False)


class PrintForm(HallForm):
    """Where a ticket is printed, and why once more."""

    printer = forms.ModelChoiceField(Device.objects.none(), label=_("Printer"))
    why = forms.ChoiceField(label=_("Why"), choices=Why.choices, required=False)

    def fill(self, hall: Hall) -> None:
        self.fields["printer"].queryset = printer_devices(hall)  # type: ignore[attr-defined]

    def clean_why(self) -> Why:
        """The printer's fault unless said otherwise."""
        return Why(self.cleaned_data["why"] or Why.JAM)


class ReopenForm(HallForm):
    """Why a hall that was closed opens again today."""

    reason = forms.CharField(label=_("Why"), max_length=200, required=False)


class LeftForm(HallForm):
    """Papers that stay at a window."""

    what = forms.CharField(label=_("What"), max_length=120)
    where = forms.CharField(label=_("Where it lies"), max_length=60)
    whose = forms.CharField(label=_("Whose"), max_length=80, required=False)


SLIPS = 96  # eight pages


class AfterOutageForm(HallForm):
    """What became of somebody who was at a window when we went away."""

    how = forms.ChoiceField(label=_("What became of them"), choices=AfterOutage.choices)


class KitForm(HallForm):
    """How many slips for a day on paper, and from which number on."""

    first = forms.IntegerField(label=_("From number"), min_value=1, max_value=9000, required=False)
    many = forms.IntegerField(label=_("Slips"), min_value=1, max_value=600, required=False)

    def chosen(self) -> tuple[int, int]:
        """Return the first number and how many; what is usual where nothing fit was said."""
        given = self.cleaned_data if self.is_valid() else {}
        return given.get("first") or 1, given.get("many") or SLIPS


class SheetForm(HallForm):
    """The head of a tally sheet: which day, which window."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    window = forms.ChoiceField(label=_("Window"))

    def fill(self, hall: Hall) -> None:
        self.initial.setdefault("day", hall.today())
        labels = [(one.label, f"{one.label}  {said(one.name)}") for one in windows(hall)]
        self.offer("window", [("", _("Please choose")), *labels])

    def clean_day(self) -> date:
        """Not one that is still to come."""
        day: date = self.cleaned_data["day"]
        if day > self.hall.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class NotedHelpForm(HelpForm):
    """Help that was given, to somebody with a number or without one."""

    number = forms.CharField(label=_("Number, if there is one"), max_length=8, required=False)


class TakeForm(HallForm):
    """A number for somebody who stands at the guide desk, or for each of a group."""

    service = forms.ChoiceField(label=_("Service"))
    more = forms.MultipleChoiceField(
        label=_("Also, under the same number"), required=False, widget=forms.SelectMultiple
    )
    people = forms.IntegerField(
        label=_("People, each with a number"),
        min_value=1,
        max_value=PEOPLE_AT_MOST,
        initial=1,
        required=False,
    )
    how_many = forms.IntegerField(
        label=_("Files of each"), min_value=1, max_value=999, initial=1, required=False
    )
    priority = forms.ChoiceField(
        label=_("Class"), choices=Priority.choices, initial=Priority.P4, required=False
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def fill(self, hall: Hall) -> None:
        choices = offered(hall)
        self.offer("service", choices)
        self.offer("more", choices)

    def clean_people(self) -> int:
        """One unless said otherwise."""
        return self.cleaned_data["people"] or 1

    def clean_how_many(self) -> int:
        """One unless said otherwise."""
        return self.cleaned_data["how_many"] or 1

    @property
    def codes(self) -> list[str]:
        """The codes of all services that were chosen, each once."""
        chosen = [self.cleaned_data["service"], *self.cleaned_data["more"]]
        return list(dict.fromkeys(chosen))

    def clean_priority(self) -> Priority:
        """Everyone's unless said otherwise."""
        return Priority(self.cleaned_data["priority"] or Priority.P4)
