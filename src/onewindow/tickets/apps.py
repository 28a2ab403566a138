from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from onewindow.alerts import kinds
from onewindow.tickets.states import Need

MESSAGES = {  # of an appointment: what it is called, when it goes out, title, body
    "appointment.booked": (
        _("Appointment booked"),
        _("At once, to the telephone number that was given."),
        _("Appointment on {day} at {time}"),
        _("{place}: {service} on {day} at {time}. Your code at the kiosk: {code}."),
    ),
    "appointment.changed": (
        _("Appointment moved"),
        _("At once, when the visitor or the hall moves it."),
        _("Appointment moved to {day}, {time}"),
        _("{place}: {service} is now on {day} at {time}. Your code stays {code}."),
    ),
    "appointment.cancelled": (
        _("Appointment cancelled"),
        _("At once, when the visitor or the hall cancels it."),
        _("Appointment cancelled"),
        _("{place}: {service} on {day} at {time} is cancelled. You may come without one any time."),
    ),
    "appointment.tomorrow": (
        _("Reminder of the day before"),
        _("The day before, when the rules for appointments say so."),
        _("Appointment tomorrow at {time}"),
        _("{place}: {service} tomorrow, {day}, at {time}. Please have code {code} ready."),
    ),
    "appointment.soon": (
        _("Reminder of the same day"),
        _("Shortly before, when the rules for appointments say so."),
        _("Appointment at {time}"),
        _("{place}: {service} today at {time}. Check in at the kiosk with code {code}."),
    ),
}
GAPS: dict[str, tuple[str | Promise, str | Promise]] = {  # what each stands for, a sample
    "place": (_("the hall"), _("Service hall")),
    "service": (_("the service"), _("Identity card")),
    "day": (_("the day"), "2026-10-12"),
    "time": (_("the time"), "10:30"),
    "code": (_("the code of the appointment"), "482 137"),
}


class TicketsConfig(AppConfig):
    name = "onewindow.tickets"
    label = "tickets"

    def ready(self) -> None:
        """Say what the guides read of visitors who need help; what help is soon forgotten.

        And say what messages about an appointment read.
        """
        from onewindow.base.notify import wording  # noqa: PLC0415  # needs the models
        from onewindow.printing import papers  # noqa: PLC0415  # needs the models

        waits = _("{number} waits and needs help: {needs}.")
        called = _("{number} is called without voice ({needs}): bring them to window {window}.")
        for name, sentence in (("visitor.needs", waits), ("visitor.fetch", called)):
            kinds.register(name, sentence, reads={"needs": _in_words}, unkept=("needs",))
        kinds.register(
            "hall.outage",
            _("The product was away from {since} to {until}. See who was being served."),
            button=_("Go on or close"),
            url="desks:outage",
        )
        gaps = {name: wording.Gap(*words) for name, words in GAPS.items()}
        for template, (called, when, title, body) in MESSAGES.items():
            wording.register(template, title, body, called=called, when=when, gaps=gaps)
        papers.register("ticket", "onewindow.tickets.slip_drawn.draw")


def _in_words(needs: Iterable[str]) -> str:
    return pgettext("between needs", ", ").join(str(Need(one).label) for one in needs)
