"""What a clerk says with a verb: checked before the action, its choices from the hall."""

from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import fields as dataclass_fields
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.web.refused import BadInput
from onewindow.base.web.rowform import RowForm, Section
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import services_by_group
from onewindow.floor.queries import live_sessions
from onewindow.floor.rules import WindowPolicy
from onewindow.floor.states import PauseReason
from onewindow.tickets.exceptions import FIGURES
from onewindow.tickets.models import RuleException, Topic
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import HelpKind, Outcome, OutOfOrder, TransferTo

Choices = list[tuple[str, Any]]
PAUSES = (5, 10, 15, 20, 30, 45, 60, 90)
THEIR_TURN = "turn"
ASIDE = (10, 20, 30, 60)


def spans(minutes: tuple[int, ...]) -> Choices:
    """Return lengths of time as choices, in the language now spoken."""
    return [(str(many), gettext("{minutes} min").format(minutes=many)) for many in minutes]


def lengths(minutes: tuple[int, ...]) -> Choices:
    """Return lengths of a pause as choices: first what its reason usually takes."""
    return [("", gettext("as usual")), *spans(minutes)]


class HallForm(forms.Form):
    """A form that knows its hall. ``checked`` refuses with the first thing that is wrong."""

    def __init__(self, hall: Hall, data: Any = None, **more: Any) -> None:
        more.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(data, **more)
        self.hall = hall
        self.fill(hall)

    def fill(self, hall: Hall) -> None:
        """Fill the choices that come from the hall."""

    def checked(self) -> dict[str, Any]:
        """Return what was given. Raise BadInput with a sentence."""
        if not self.is_valid():
            name, problems = next(iter(self.errors.items()))
            label = self.fields[name].label if name in self.fields else ""
            raise BadInput(problem=f"{label}: {problems[0]}" if label else problems[0])
        return self.cleaned_data

    def offer(self, name: str, choices: Choices) -> None:
        """Give a field its choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


class ServiceForm(HallForm):
    """A service of the hall."""

    service = forms.ChoiceField(label=_("Service"))

    def __init__(
        self, hall: Hall, data: Any = None, mine: Sequence[Service] = (), **more: Any
    ) -> None:
        """``mine``: what the window serves; it is offered first."""
        super().__init__(hall, data, **more)
        self.offer("service", [("", _("Please choose")), *offered(hall, mine)])


class WalkInForm(ServiceForm):
    """What somebody without a number is served with: where a window serves one thing, that."""

    def __init__(
        self, hall: Hall, data: Any = None, mine: Sequence[Service] = (), **more: Any
    ) -> None:
        super().__init__(hall, data, mine, **more)
        if len(mine) == 1:
            self.initial["service"] = mine[0].code


class AnotherForm(ServiceForm):
    """What else this visitor is here for."""


class MoveForm(HallForm):
    """Where a visitor is moved to."""

    service = forms.ChoiceField(label=_("To the service"), required=False)
    window = forms.CharField(label=_("To the window"), required=False, widget=forms.Select)
    place = forms.ChoiceField(
        label=_("Place in line"), choices=TransferTo.choices, initial=TransferTo.AGE, required=False
    )
    come_back = forms.BooleanField(label=_("Comes back to me afterwards"), required=False)

    def __init__(
        self, hall: Hall, data: Any = None, mine: Sequence[Service] = (), **more: Any
    ) -> None:
        """``mine``: what the window serves; it is offered first."""
        super().__init__(hall, data, **more)
        self.offer("service", [("", _("as now")), *offered(hall, mine)])

    def fill(self, hall: Hall) -> None:
        stand = [one.window.label for one in live_sessions(hall)]
        labels = [("", _("any that serves it")), *((label, label) for label in stand)]
        self.fields["window"].widget.choices = labels

    def clean_place(self) -> TransferTo:
        """By age unless said otherwise."""
        return TransferTo(self.cleaned_data["place"] or TransferTo.AGE)


class FinishForm(HallForm):
    """How a service ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, required=False)
    services = forms.MultipleChoiceField(
        label=_("Services really given"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how_many = forms.IntegerField(
        label=_("Files"), min_value=1, max_value=999, initial=1, required=False
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self, hall: Hall, data: Any = None, given: dict[str, str] | None = None, **more: Any
    ) -> None:
        """``given``: the few services shown, by code; any of the hall is taken."""
        super().__init__(hall, data, **more)
        self.offer("services", list(given.items()) if given else offered(hall))

    def clean_how_many(self) -> int:
        """One unless said otherwise."""
        return self.cleaned_data["how_many"] or 1

    def clean_outcome(self) -> Outcome:
        """Done unless said otherwise."""
        return Outcome(self.cleaned_data["outcome"] or Outcome.DONE)


class HelpForm(HallForm):
    """What somebody was helped with."""

    kind = forms.ChoiceField(label=_("What with"), choices=HelpKind.choices)
    words = forms.CharField(label=_("In other words"), max_length=200, required=False)

    def clean_kind(self) -> HelpKind:
        """As the list has it."""
        return HelpKind(self.cleaned_data["kind"])


class TopicForm(RowForm):
    """What people ask at the guide desk."""

    needed = ("name",)

    class Meta:
        model = Topic
        fields = ("name", "sent_to", "position")
        labels = {
            "name": _("What people ask about"),
            "sent_to": _("Where they are sent on to"),
            "position": _("Place in the order"),
        }
        help_texts = {"sent_to": _("Such as: window 3, or the tax office in River Street.")}


class RuleExceptionForm(RowForm):
    """What holds for a kind of window, or for a service, in place of the hall's queue rules."""

    sections = (
        Section(_("For what"), ("kind", "service")),
        Section(_("What holds there"), FIGURES),
    )

    class Meta:
        model = RuleException
        fields = ("kind", "service", *FIGURES)
        labels = {"kind": _("Kind of window"), "service": _("Service")}
        help_texts = {"service": _("What a service says comes before what a window's kind says.")}

    def __init__(self, hall: Hall, *args: Any, **kwargs: Any) -> None:
        super().__init__(hall, *args, **kwargs)
        now = asdict(policy(hall, TicketPolicy))
        for one in dataclass_fields(TicketPolicy):
            if one.name in FIGURES:
                least, most = one.metadata["between"]
                figure = forms.IntegerField(required=False, min_value=least, max_value=most)
                figure.label, figure.initial = one.metadata["label"], None
                figure.help_text = _("Empty: as in the whole hall, {now}.").format(
                    now=now[one.name]
                )
                self.fields[one.name] = figure

    def clean(self) -> dict[str, Any]:
        """It is for one thing, for which there is no other, and says something."""
        given = super().clean()
        if bool(given.get("kind")) == bool(given.get("service")):
            self.add_error("service", _("Choose either a kind of window or a service."))
        elif self._twin(given).exists():
            self.add_error(
                "service" if given["service"] else "kind",
                _("There is an exception for this already. Change that one."),
            )
        if all(given.get(name) is None for name in FIGURES) and not self.errors:
            self.add_error(FIGURES[0], _("Say at least one thing that is different there."))
        return given

    def _twin(self, given: dict[str, Any]) -> "QuerySet[RuleException]":
        rows = RuleException.objects.filter(hall=self.hall, archived_at=None)
        same = rows.filter(kind=given["kind"], service=given["service"])
        return same.exclude(pk=self.instance.pk)


class ParkForm(HallForm):
    """For how long a visitor is set aside."""

    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=partial(spans, ASIDE),
        initial=30,
        required=False,
        empty_value=None,
    )


class AtTimes(forms.TextInput):
    """A field that is needed with one choice of another: the page's script asks for it then."""

    def use_required_attribute(self, _initial: object) -> bool:
        """Never by itself."""
        return False


class CallForm(HallForm):
    """A given number, before its turn."""

    number = forms.CharField(label=_("Number"), max_length=8)
    reason = forms.ChoiceField(label=_("Reason"))
    ordered_by = forms.CharField(
        label=_("Ordered by"),
        max_length=60,
        widget=AtTimes(attrs={"data-needed-for": OutOfOrder.ORDER}),
        error_messages={"required": _("Please name who ordered it.")},
    )

    def fill(self, hall: Hall) -> None:
        self.offer("reason", [(THEIR_TURN, _("it is their turn")), *OutOfOrder.choices])
        if self.data.get("reason") != OutOfOrder.ORDER:
            self.fields["ordered_by"].required = not self.is_bound

    def clean_reason(self) -> str:
        """Empty where it is their turn."""
        given = str(self.cleaned_data["reason"])
        return "" if given == THEIR_TURN else given


class PauseForm(HallForm):
    """Why a window pauses, and for how long."""

    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices)
    words = forms.CharField(
        label=_("Why"),
        max_length=100,
        widget=AtTimes(attrs={"data-needed-for": PauseReason.OTHER}),
        error_messages={"required": _("Please say why.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=partial(lengths, PAUSES),
        required=False,
        empty_value=None,
    )

    def fill(self, hall: Hall) -> None:
        rules = policy(hall, WindowPolicy)
        self.usual = {reason: rules.usual_min(reason) for reason in PauseReason}
        self.offer("reason", [(str(one), _usually(one, self.usual[one])) for one in PauseReason])
        if self.data.get("reason") != PauseReason.OTHER:
            self.fields["words"].required = not self.is_bound

    def pause(self) -> dict[str, Any]:
        """Return what was asked for: reason, words, and until when. Raise BadInput."""
        asked = self.checked()
        reason = PauseReason(asked["reason"])
        minutes = asked["minutes"] or self.usual[reason]
        until = clocks.now() + timedelta(minutes=minutes) if minutes else None
        words = asked["words"] if reason == PauseReason.OTHER else ""
        return {"reason": reason, "words": words, "until": until}


def _usually(reason: PauseReason, minutes: int) -> str:
    """Name a reason with the minutes that such a pause usually lasts."""
    if not minutes:
        return str(reason.label)
    return gettext("{reason} · {minutes} min").format(reason=reason.label, minutes=minutes)


def offered(hall: Hall, mine: Sequence[Service] = ()) -> Choices:
    """Return the hall's services as choices: those of a window first, then the others by group."""
    own = {service.code: str(service) for service in mine}
    first = [(gettext("This window"), list(own.items()))] if own else []
    others = [
        (str(group), [(one.code, str(one)) for one in members if one.code not in own])
        for group, members in services_by_group(hall)
    ]
    return first + [(group, choices) for group, choices in others if choices]
