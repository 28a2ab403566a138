"""How ready a hall is: steps in their order, each with a state that is read from its data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onewindow.accounts.access import Can
from onewindow.accounts.models import Device, Membership
from onewindow.accounts.states import DeviceKind, Role
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.working_days import is_known
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail.models import Entry
from onewindow.catalogue.queries import services
from onewindow.floor.queries import profile_of, windows
from onewindow.floor.readiness import Readiness
from onewindow.printing.models import PrintJob
from onewindow.printing.states import State as Printed
from onewindow.tickets.models import Ticket

Words = str | Promise

DISPLAYS = {DeviceKind.HALL_DISPLAY, DeviceKind.WINDOW_DISPLAY}
NEEDED = (Role.CLERK, Role.GUIDE, Role.DUTY_MANAGER)
SUBJECTS = (  # whose history says that a person has looked them over
    *("halls.hall", "halls.organisation"),
    *("catalogue.service", "catalogue.group", "catalogue.material", "catalogue.condition"),
)


class Facts:
    """What is known of a hall, each fact read once: a fixed number of queries."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.said = policy(hall, Readiness)

    @cached_property
    def by_people(self) -> set[tuple[str, str]]:
        """What people have saved: the subject and the kind."""
        rows = Entry.objects.filter(hall=self.hall.pk, subject__in=SUBJECTS, by_kind="user")
        return set(rows.values_list("subject", "kind").distinct())

    @cached_property
    def roles(self) -> set[str]:
        """The roles of which somebody has signed in."""
        rows = Membership.objects.filter(Q(hall=self.hall) | Q(hall=None), role__in=NEEDED)
        signed_in = rows.filter(user__is_active=True, user__last_login__isnull=False)
        return set(signed_in.values_list("role", flat=True))

    @cached_property
    def devices(self) -> list[Device]:
        """The devices in use."""
        return list(Device.objects.filter(hall=self.hall, revoked_at=None))

    @cached_property
    def has_printed(self) -> bool:
        """Whether a paper came out of a printer."""
        return PrintJob.objects.filter(hall=self.hall, state=Printed.SENT).exists()

    @cached_property
    def calls(self) -> bool:
        """Whether a number was called."""
        return Ticket.objects.filter(hall=self.hall, called_at__isnull=False).exists()


def hall_said(facts: Facts) -> str:
    """Say what lacks of names and place."""
    saved = ("halls.hall", "hall.changed") in facts.by_people
    return "" if saved else _("Nobody has looked these over yet: they are the template's.")


def look_said(facts: Facts) -> str:
    """Say whether the hall shows its own sign."""
    return "" if facts.hall.logo else _("No logo yet.")


def hours_said(facts: Facts) -> str:
    """Say whether the hours are the hall's own, and the year's public holidays known."""
    if ("halls.hall", "hours.set") not in facts.by_people:
        return _("Nobody has looked the week over yet: it is the template's.")
    year, country = facts.hall.today().year, policy(facts.hall, HoursPolicy).country
    if is_known(year, country) or facts.hall.special_days.filter(day__year=year).exists():
        return ""
    return _("The public holidays of {year} are not known: add them as special days.").format(
        year=year
    )


def floor_said(facts: Facts) -> str:
    """Say which services no window serves, and which windows serve nothing."""
    served = {one for window in windows(facts.hall) for one in profile_of(window).all}
    left = [service for service in services(facts.hall) if service.pk not in served]
    if not served:
        return _("No window serves anything yet.")
    if not left:
        return ""
    return ngettext(
        "{n} service is served at no window: {which}",
        "{n} services are served at no window: {which} ...",
        len(left),
    ).format(n=len(left), which=left[0])


def services_said(facts: Facts) -> str:
    """Say whether a person has looked the services over."""
    touched = any(subject.startswith("catalogue.") for subject, _kind in facts.by_people)
    touched |= any(kind.startswith("services.") for _subject, kind in facts.by_people)
    if touched and services(facts.hall):
        return ""
    return _("{n} services, all as the template has them.").format(n=len(services(facts.hall)))


def people_said(facts: Facts) -> str:
    """Say of which roles nobody has signed in."""
    lack = [str(Role(role).label) for role in NEEDED if role not in facts.roles]
    return _("Nobody has signed in yet as: {roles}").format(roles=", ".join(lack)) if lack else ""


def devices_said(facts: Facts) -> str:
    """Say which screens have not been seen."""
    seen = {one.kind for one in facts.devices if one.seen_at}
    if DeviceKind.KIOSK not in seen:
        return _("No kiosk has been seen yet.")
    return "" if seen & DISPLAYS else _("No display has been seen yet.")


def printer_said(facts: Facts) -> str:
    """Say whether a number comes out on paper: from a printer, or from a kiosk's browser."""
    browser = any(one.settings.get("prints") and one.seen_at for one in facts.devices)
    return "" if browser or facts.has_printed else _("No paper has come out yet.")


def address_said(facts: Facts) -> str:
    """Say whether phones reach the hall."""
    if not settings.PUBLIC_URL:
        return _("No address is set: numbers carry no code for the phone.")
    if facts.said.reached == settings.PUBLIC_URL:
        return ""
    return _("No phone has been at {address} yet.").format(address=settings.PUBLIC_URL)


def first_said(facts: Facts) -> str:
    """Say whether a number was taken and called."""
    return "" if facts.calls else _("No number has been called yet.")


@dataclass(frozen=True)
class Step:
    """A step: why it is there, where it is done, and what lacks (nothing: it is done)."""

    name: str
    icon: str
    title: Words
    why: Words
    do: Words
    page: str
    lacks: Callable[[Facts], str]
    args: tuple[str, ...] = ()
    can: Can = Can.SET_UP
    may_skip: bool = False


STEPS = (
    Step(
        "hall",
        "building-2",
        gettext_lazy("Names and place"),
        gettext_lazy("They stand on tickets, screens and letters."),
        gettext_lazy("Look them over"),
        "desks:setup_row",
        hall_said,
        ("hall", "it"),
    ),
    Step(
        "look",
        "palette",
        gettext_lazy("Logo and accent"),
        gettext_lazy("People see whose hall it is, on every screen and on paper."),
        gettext_lazy("Choose them"),
        "desks:setup_logo",
        look_said,
        may_skip=True,
    ),
    Step(
        "hours",
        "clock",
        gettext_lazy("Opening hours and this year's holidays"),
        gettext_lazy("Outside them no numbers are given, and waits count working time."),
        gettext_lazy("Set the week"),
        "desks:setup_row",
        hours_said,
        ("hours", "hall"),
        Can.SET_HOURS,
    ),
    Step(
        "floor",
        "app-window",
        gettext_lazy("Zones and windows"),
        gettext_lazy("A service that no window serves has nobody to call its numbers."),
        gettext_lazy("Look at the windows"),
        "desks:setup_rows",
        floor_said,
        ("windows",),
    ),
    Step(
        "services",
        "list-checks",
        gettext_lazy("Services and papers"),
        gettext_lazy("What people read before they come saves them a second way."),
        gettext_lazy("Look them over"),
        "desks:setup_rows",
        services_said,
        ("services",),
        may_skip=True,
    ),
    Step(
        "people",
        "users",
        gettext_lazy("People"),
        gettext_lazy("One clerk, one guide and one duty manager at least, each signed in once."),
        gettext_lazy("See who is there"),
        "accounts:people",
        people_said,
        can=Can.PEOPLE,
    ),
    Step(
        "devices",
        "monitor-smartphone",
        gettext_lazy("Kiosk and display"),
        gettext_lazy("A kiosk gives numbers, a display shows who is called."),
        gettext_lazy("Pair a device"),
        "accounts:devices",
        devices_said,
        can=Can.DEVICES,
    ),
    Step(
        "printer",
        "printer",
        gettext_lazy("Numbers on paper"),
        gettext_lazy("Who has no phone needs a number to hold."),
        gettext_lazy("Set up printing"),
        "printing:printers",
        printer_said,
        can=Can.DEVICES,
        may_skip=True,
    ),
    Step(
        "address",
        "qr-code",
        gettext_lazy("The hall on people's phones"),
        gettext_lazy("With it each number can be followed, and taken, by phone."),
        gettext_lazy("Try with a phone"),
        "desks:setup_address",
        address_said,
        may_skip=True,
    ),
    Step(
        "first",
        "ticket",
        gettext_lazy("The first number"),
        gettext_lazy("Taken at the kiosk, called at a window: then all of it works together."),
        gettext_lazy("See the devices"),
        "accounts:devices",
        first_said,
        can=Can.DEVICES,
    ),
)


@dataclass(frozen=True)
class Stand:
    """A step as it stands in a hall."""

    step: Step
    url: str  # "" where the role may not
    lacks: str
    skipped: str

    @property
    def state(self) -> str:
        """done | skipped | open."""
        return "done" if not self.lacks else "skipped" if self.skipped else "open"


@dataclass(frozen=True)
class Ready:
    """All steps of a hall."""

    steps: list[Stand]

    @property
    def left(self) -> list[Stand]:
        """The steps that are still to be done, in their order."""
        return [one for one in self.steps if one.state == "open"]

    @property
    def percent(self) -> int:
        """How much of it is done, or not needed."""
        return round(100 * (len(self.steps) - len(self.left)) / len(self.steps))


def ready(hall: Hall, can: frozenset[Can]) -> Ready:
    """Return how ready a hall is, as somebody with these permissions may see to it."""
    facts = Facts(hall)
    return Ready([_stand(step, facts, can) for step in STEPS])


def _stand(step: Step, facts: Facts, can: frozenset[Can]) -> Stand:
    may = step.can in can
    url = reverse(step.page, args=[facts.hall.slug, *step.args]) if may else ""
    return Stand(step, url, step.lacks(facts), facts.said.skipped.get(step.name, ""))


def skippable(name: str) -> bool:
    """Say whether a step may be left out."""
    return any(step.name == name and step.may_skip for step in STEPS)
