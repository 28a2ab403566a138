"""The order of the rail, and what stands in the fixed places of the staff's frame."""

from onewindow.accounts.rail import ENTRIES as ACCOUNTS
from onewindow.alerts.rail import ENTRIES as ALERTS
from onewindow.base.web.rail import Entry
from onewindow.desks.rail import ENTRIES as DESKS
from onewindow.hooks.rail import ENTRIES as HOOKS
from onewindow.printing.rail import ENTRIES as PRINTING
from onewindow.tickets.rail import ENTRIES as TICKETS
from onewindow.voice.rail import ENTRIES as VOICE

RAIL: tuple[Entry, ...] = (*DESKS, *ALERTS, *TICKETS, *ACCOUNTS, *PRINTING, *VOICE, *HOOKS)

# "me": who I am, my state, sign out; "bell": what waits for me; "urgent": above every page;
# "people": the buttons above the list of people
PLACES: dict[str, str] = {
    "me": "accounts/_me.html",
    "urgent": "alerts/_band.html",
    "people": "lists/_staff.html",
}
