"""The demonstration's buttons: what each says, what came of it, and where one sees that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.accounts.states import DeviceKind, Role
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.words import WORDS
from onewindow.simulator import queries
from onewindow.simulator.models import Demonstration
from onewindow.tickets.outages import interrupted

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Button:
    """Something that one lets happen; ``on`` while it waits to be put right."""

    what: str
    icon: str
    title: str | Promise
    text: str | Promise
    on: bool = False


@dataclass(frozen=True)
class Sight:
    """Where one sees what came of it: an address, or a page of the staff that a role opens."""

    icon: str
    label: str | Promise
    address: str = ""
    role: str = ""
    page: str = ""


@dataclass(frozen=True)
class Happened:
    """What happened last, in one sentence or two, when, and where to look."""

    sentence: str
    at: datetime | None
    sights: list[Sight]


JAM = Button(
    "jam",
    "printer",
    gettext_lazy("Paper jam at the kiosk"),
    gettext_lazy("Somebody draws a number, and the paper sticks."),
)
UNJAM = Button(
    "unjam",
    "printer-check",
    gettext_lazy("Clear the paper jam"),
    gettext_lazy("The paper sticks in the kiosk's printer."),
    on=True,
)
LEAVE = Button(
    "leave",
    "door-open",
    gettext_lazy("Window 5 empties"),
    gettext_lazy("Its clerk calls somebody and leaves without a word."),
)
BACK = Button(
    "back",
    "undo-2",
    gettext_lazy("The clerk comes back"),
    gettext_lazy("Nobody is at window 5."),
    on=True,
)
CROWD = Button(
    "crowd", "bus", gettext_lazy("40 people arrive"), gettext_lazy("All at once, from a coach.")
)
DEAF = Button(
    "deaf",
    "ear-off",
    gettext_lazy("A deaf person comes"),
    gettext_lazy("And says so at the kiosk. No voice will help."),
)
CUT = Button(
    "cut",
    "zap-off",
    gettext_lazy("Power cut"),
    gettext_lazy("Nothing answers for a good minute. Then all goes on."),
)
CLOSE = Button(
    "close",
    "moon",
    gettext_lazy("Close the hall"),
    gettext_lazy("In the middle of the day, while people wait."),
)
OPEN = Button(
    "open",
    "sunrise",
    gettext_lazy("Open the hall again"),
    gettext_lazy("It was closed for today."),
    on=True,
)

SENTENCES: Mapping[str, str | Promise] = {
    "jam": gettext_lazy(
        "{number} was drawn at {kiosk}, and the paper stuck. The kiosk asks the {visitor} to note"
        " the number, and an alarm names it to the {guide_desk}, where it can be printed again."
    ),
    "unjam": gettext_lazy(
        "The paper is out. Within some seconds the printer says that it is ready, and its alarm"
        " ends by itself."
    ),
    "leave": gettext_lazy(
        "The clerk called {number} to window {window} and left. The {visitor} finds nobody there"
        " and says so on the phone: the duty board alarms."
    ),
    "back": gettext_lazy("The clerk is back at window {window} and goes on."),
    "crowd": gettext_lazy(
        "{many} people took numbers at once, and {waiting} wait now. Everybody was told an honest"
        " wait; the duty board alarms and says what would help."
    ),
    "deaf": gettext_lazy(
        "{number} does not hear. When the turn comes, no voice calls: the phone turns to one colour"
        " and vibrates, the display shows it, and a {guide} is asked to bring them to the window."
    ),
    "cut": gettext_lazy(
        "In five seconds every process dies, at {begins}; at {ends} all begin again. Open some"
        " screens beside this page now and watch them: they say that they have lost us."
    ),
    "lit": gettext_lazy(
        "The power is back. Nobody lost a number. {many} were at a window when it went: the duty"
        " manager and each clerk are asked what became of them. No wait counts in that time."
    ),
    "close": gettext_lazy(
        "The hall is closed. {many} still waited, and it is written down what they were offered:"
        " “{offered}” Kiosk and phones give no more numbers."
    ),
    "open": gettext_lazy(
        "The hall is open again; the reason stands in its history. The clerks come back to their"
        " windows."
    ),
}


LOOK_AT: Mapping[str, tuple[str, ...]] = {
    "jam": ("number", "guide"),
    "unjam": ("guide", "kiosk"),
    "leave": ("phone", "window", "board"),
    "back": ("window", "board"),
    "crowd": ("board", "display", "kiosk"),
    "deaf": ("phone", "display", "guide"),
    "cut": ("kiosk", "display", "board"),
    "lit": ("outage", "board", "display"),
    "close": ("kiosk", "hall", "close"),
    "open": ("kiosk", "board"),
}
MANAGER = Role.DUTY_MANAGER
STAFF = {
    "board": Sight("clipboard-list", gettext_lazy("Duty board"), role=MANAGER, page="board"),
    "outage": Sight("zap-off", gettext_lazy("After an outage"), role=MANAGER, page="outage"),
    "close": Sight("moon", gettext_lazy("Closing the hall"), role=MANAGER, page="close"),
    "guide": Sight("hand-helping", WORDS["guide_desk"], role=Role.GUIDE, page="guide"),
}


def buttons(row: Demonstration, *, closed: bool) -> list[Button]:
    """Return the six, each as it is now: to let it happen, or to put it right."""
    return [
        UNJAM if row.jammed else JAM,
        BACK if row.away else LEAVE,
        CROWD,
        DEAF,
        CUT,
        OPEN if closed else CLOSE,
    ]


def happened(row: Demonstration) -> Happened | None:
    """Return what happened last; None before anything did."""
    if not row.happened:
        return None
    told = _told(row)
    sentence = str(SENTENCES[told["what"]]).format_map({**WORDS, **told})
    return Happened(sentence, row.happened_at, list(_sights(row.hall, told)))


def _told(row: Demonstration) -> Told:
    """Return what its sentence tells, as it stands by now."""
    told = dict(row.happened)
    if told["what"] == "cut":
        begins, ends = (datetime.fromisoformat(told[name]) for name in ("begins", "ends"))
        told |= {"begins": _clock(row, begins), "ends": _clock(row, ends)}
        if clocks.now() >= ends:
            told |= {"what": "lit", "many": interrupted(row.hall).count()}
    return told


def _clock(row: Demonstration, at: datetime) -> str:
    return f"{at.astimezone(row.hall.zone):%H:%M:%S}"


def _sights(hall: Hall, told: Told) -> Iterator[Sight]:
    """Yield where to look, as far as this hall has it."""
    known = STAFF | _screens(hall, told)
    for name in LOOK_AT[told["what"]]:
        if name in known:
            yield known[name]


def _screens(hall: Hall, told: Told) -> dict[str, Sight]:
    """Return the visitors' side: screens, and the phone and paper of who it happened to."""
    tokens = {kind: screen.token for kind, screen in queries.screens(hall).items()}
    kiosk, display = tokens.get(DeviceKind.KIOSK), tokens.get(DeviceKind.HALL_DISPLAY)
    window, visit = queries.window_screen(hall, told.get("window", "")), told.get("visit", "")
    found = {"hall": Sight("book-open", _("Public page"), reverse("public:hall", args=[hall.slug]))}
    if kiosk:
        found["kiosk"] = Sight("tablet", _("Kiosk"), reverse("public:kiosk", args=[kiosk]))
    if kiosk and visit:
        number = reverse("public:kiosk_ticket", args=[kiosk, visit])
        found["number"] = Sight("tablet", _("Kiosk, with this number"), number)
    if display:
        shown = reverse("public:display", args=[display])
        found["display"] = Sight("monitor", _("Hall display"), shown)
    if window:
        shown = reverse("public:window_display", args=[window])
        found["window"] = Sight("app-window", _("Window display"), shown)
    if visit:
        page = reverse("public:phone", args=[visit])
        label = _("Phone of {number}").format(number=told["number"])
        found["phone"] = Sight("smartphone", label, page)
    return found
