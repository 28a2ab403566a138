"""What a hook can be told of, and what of it leaves the house.

Of a trail row's data goes out what is named here and nothing else: no names, no staff numbers, no
class, no needs, no free text.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEST = "hook.test"


@dataclass(frozen=True)
class Event:
    """A kind of trail row: its words, and the data of it that may go out."""

    label: str | Promise
    data: tuple[str, ...] = ()


EVENTS: dict[str, Event] = {
    "ticket.taken": Event(_("a number was taken"), ("service", "channel")),
    "ticket.walked_in": Event(_("somebody is served without a number"), ("service",)),
    "ticket.called": Event(_("a ticket was called"), ("window",)),
    "ticket.called_given": Event(_("a ticket was called out of order"), ("window", "reason")),
    "ticket.recalled": Event(_("a ticket was called again")),
    "ticket.started": Event(_("a service began")),
    "ticket.parked": Event(_("a ticket was set aside")),
    "ticket.resumed": Event(_("a ticket was resumed")),
    "ticket.transferred": Event(_("a ticket was moved"), ("service", "window")),
    "ticket.missed": Event(_("a call was missed")),
    "ticket.arrived": Event(_("a visitor who took a number from afar has come")),
    "ticket.came_back": Event(_("a visitor came back after a miss")),
    "ticket.brought_back": Event(_("a no-show was brought back")),
    "ticket.waits_again": Event(_("a ticket waits again")),
    "ticket.finished": Event(_("a service was finished"), ("outcome", "services", "files")),
    "ticket.no_show": Event(_("a visitor did not come")),
    "ticket.left": Event(_("a ticket was cancelled")),
    "ticket.closed": Event(_("a ticket was closed unserved")),
    "ticket.closed_by_date": Event(_("a ticket was closed by the change of date")),
    "window.opened": Event(_("a window was opened")),
    "window.paused": Event(_("a window was paused"), ("reason",)),
    "window.resumed": Event(_("a window goes on")),
    "window.closed": Event(_("a window was closed")),
    "hall.opened": Event(_("the hall was opened")),
    "hall.closed": Event(_("the hall was closed")),
}


def words(kind: str) -> str | Promise:
    """Return what an event is called."""
    return _("test") if kind == TEST else EVENTS[kind].label if kind in EVENTS else kind
