"""What the floor is asked: its plan from memory, who stands where from the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries as accounts
from onewindow.accounts.access import GRANTS, Can
from onewindow.accounts.models import Device, User
from onewindow.accounts.rules import natural
from onewindow.accounts.states import SCREENS
from onewindow.base import clocks
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.queries import Opening, next_opening, opening_today, takes_tickets
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.ticks.queries import seconds_away
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Service
from onewindow.floor.models import (
    Announcement,
    Check,
    Checked,
    ForNow,
    HallDay,
    LeftPaper,
    Profile,
    Session,
    Window,
    Zone,
)
from onewindow.floor.states import Choice, Moment, SessionState

OPENED_WITHIN = timedelta(minutes=10)  # of the beginning of its hours, a hall is opened
LIVE = (SessionState.OPEN, SessionState.PAUSED)


class UnknownWindow(NotFound):
    """The hall has no window with this label."""

    sentence = _("This hall has no window {window}.")


class UnknownStaff(NotFound):
    """Nobody with this staff number serves in the hall."""

    sentence = _("Nobody with the staff number {staff} serves in this hall.")


class Serves(NamedTuple):
    """A window's profile: the ids of the services it serves first, and those it serves second."""

    first: tuple[int, ...]
    second: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """Every service of the profile."""
        return self.first + self.second


@remembered
def zones(hall: Hall) -> tuple[Zone, ...]:
    """Return the zones in the order one walks them."""
    return tuple(hall.zones.filter(archived_at=None))


@remembered
def windows(hall: Hall) -> tuple[Window, ...]:
    """Return the windows in their order, with zone, department and profile at hand."""
    rows = hall.windows.filter(archived_at=None).select_related("zone", "department")
    offered = Profile.objects.filter(service__archived_at=None).order_by("choice", "pk")
    now = ForNow.objects.filter(service__archived_at=None)
    return tuple(rows.prefetch_related(Prefetch("profile", offered), Prefetch("for_now", now)))


@remembered
def _by_label(hall: Hall) -> dict[str, Window]:
    return {window.label: window for window in windows(hall)}


@remembered
def _by_id(hall: Hall) -> dict[int, Window]:
    return {window.pk: window for window in windows(hall)}


def window_by_label(hall: Hall, label: str) -> Window:
    """Return a window of the hall, from memory. Raise UnknownWindow (404)."""
    try:
        return _by_label(hall)[label]
    except KeyError:
        raise UnknownWindow(window=label[:8]) from None


def window_by_id(hall: Hall, pk: int) -> Window:
    """Return a window of the hall, from memory. Raise UnknownWindow (404)."""
    try:
        return _by_id(hall)[pk]
    except KeyError:
        raise UnknownWindow(window="") from None


def profile_of(window: Window) -> Serves:
    """Return what a window serves now; from memory where the window is."""
    choices: dict[int, int | None] = {one.service_id: one.choice for one in window.profile.all()}
    choices |= {one.service_id: one.choice for one in window.for_now.all()}
    first = tuple(pk for pk, choice in choices.items() if choice == Choice.FIRST)
    return Serves(first, tuple(pk for pk, choice in choices.items() if choice == Choice.SECOND))


@remembered
def _serving(hall: Hall) -> dict[int, tuple[Window, ...]]:
    found: dict[int, list[tuple[bool, Window]]] = defaultdict(list)
    for window in windows(hall):
        serves = profile_of(window)
        for service in serves.all:
            found[service].append((service not in serves.first, window))
    return {
        service: tuple(window for _, window in sorted(lines, key=lambda line: line[0]))
        for service, lines in found.items()
    }


def windows_serving(service: Service) -> tuple[Window, ...]:
    """Return the windows whose profile has a service, first choices first; from memory."""
    return _serving(service.hall).get(service.pk, ())


def live_sessions(hall: Hall) -> list[Session]:
    """Return who stands at which window now, in the order of the windows. One query."""
    plan = _by_id(hall)
    rows = Session.objects.filter(hall=hall, state__in=LIVE).select_related("user")
    found = [session for session in rows if session.window_id in plan]
    for session in found:
        session.hall, session.window = hall, plan[session.window_id]
    return sorted(found, key=lambda session: (session.window.position, session.window_id))


def session_at(window: Window) -> Session | None:
    """Return the live session at a window, with its person; None when it is closed."""
    rows = Session.objects.filter(hall=window.hall_id, window=window, state__in=LIVE)
    session = rows.select_related("user").first()
    if session is not None:
        session.window = window
    return session


def session_of(user: User) -> Session | None:
    """Return the live session of a person, with its window; None when they stand nowhere."""
    rows = Session.objects.filter(user=user, state__in=LIVE)
    return rows.select_related("window__zone", "window__department", "hall").first()


def member_who_serves(hall: Hall, staff_number: str) -> User:
    """Return who may serve in the hall, by staff number. Raise UnknownStaff (404)."""
    who_serve = [role for role, can in GRANTS.items() if Can.SERVE in can]
    user = accounts.members(hall, *who_serve).filter(staff_number=staff_number).first()
    if user is None:
        raise UnknownStaff(staff=staff_number)
    return user


def device_of(hall: Hall, pk: int) -> Device:
    """Return a device of the hall that is in use. Raise NotFound."""
    device = accounts.devices(hall).select_related("place").filter(pk=pk).first()
    if device is None:
        raise NotFound
    return device


def offline(hall: Hall, screens: Iterable[Device] | None = None) -> list[Device]:
    """Return the screens that are seen no more, while the hall is open; of these, or of all.

    What we were away ourselves is no silence of theirs.
    """
    now = clocks.now()
    if not opening(hall, now).is_open:
        return []
    screens = screens_seen(hall) if screens is None else screens
    found = [one for one in screens if _is_silent(one, now)]
    return sorted(found, key=lambda device: natural(device.name))


def screens_seen(hall: Hall) -> QuerySet[Device]:
    """Return the screens in use that were seen at least once."""
    return accounts.devices(hall).filter(kind__in=SCREENS).exclude(seen_at=None)


def _is_silent(device: Device, now: datetime) -> bool:
    away = timedelta(seconds=seconds_away(device.seen_at, now))
    return device.is_offline(away)


def day_of(hall: Hall, at: datetime | None = None) -> HallDay | None:
    """Return the opening and closing of the hall on the business date of a moment."""
    return HallDay.objects.filter(hall=hall, day=hall.today(at)).first()


def unopened_since(hall: Hall) -> datetime | None:
    """Return when the hours began of a hall that nobody opened, some minutes after that.

    None for one that was opened, that is closed by its hours, always open, or without windows.
    """
    now = clocks.now()
    told = opening_today(hall, now)
    if not (told.is_open and told.spans) or policy(hall, HoursPolicy).always_open:
        return None
    began = told.spans[0].start
    if now < began + OPENED_WITHIN or not windows(hall):
        return None
    day = day_of(hall, now)
    return None if day and day.opened_at else began


def checks(hall: Hall, moment: Moment) -> list[Check]:
    """Return the checks of a round; ``today`` of each holds its tick, if there is one."""
    rows = hall.checks.filter(moment=moment, archived_at=None)
    today = Checked.objects.filter(day=hall.today()).select_related("user")
    found: list[Check] = list(rows.prefetch_related(Prefetch("ticks", today, to_attr="today")))
    for one in found:
        one.hall = hall
    return found


def check_of(hall: Hall, pk: int) -> Check:
    """Return a check of the hall that is in use. Raise NotFound."""
    found = hall.checks.filter(pk=pk, archived_at=None).first()
    if found is None:
        raise NotFound
    found.hall = hall
    return found


def left_papers(hall: Hall) -> QuerySet[LeftPaper]:
    """What still lies at windows, the oldest first."""
    return LeftPaper.objects.filter(hall=hall, given_back_at=None).order_by("pk")


def left_paper(hall: Hall, pk: int) -> LeftPaper:
    """Return papers that lie in this hall. Raise NotFound."""
    found = left_papers(hall).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@remembered
def was_closed(hall: Hall, day: date) -> bool:
    """Say whether somebody has closed the hall on a day, whatever its hours say."""
    return HallDay.objects.filter(hall=hall, day=day, closed_at__isnull=False).exists()


def takes(hall: Hall, at: datetime, scope: str = "") -> bool:
    """Say whether numbers are given: by the hours, until somebody closes the hall."""
    return takes_tickets(hall, at, scope) and not was_closed(hall, hall.today(at))


def opening(hall: Hall, at: datetime) -> Opening:
    """Return what a visitor is told about today: once it was closed, when it opens next."""
    told, day = opening_today(hall, at), hall.today(at)
    if not was_closed(hall, day):
        return told
    tomorrow = clocks.moment(day + timedelta(days=1), hall.day_starts, hall.zone)
    then = next_opening(hall, tomorrow)
    then = then and then.astimezone(hall.zone)
    return replace(told, is_open=False, spans=(), next_opening=then, closes=None)


@remembered
def _announcements(hall: Hall) -> tuple[Announcement, ...]:
    rows = hall.announcements.filter(Q(until=None) | Q(until__gt=clocks.now()), archived_at=None)
    return tuple(rows.order_by("-since", "-pk"))


def announcements(hall: Hall) -> list[Announcement]:
    """Return what the hall tells everybody now, the newest first. From memory."""
    at, known = clocks.now(), _announcements(hall)
    return [one for one in known if one.since <= at and (one.until is None or one.until > at)]
