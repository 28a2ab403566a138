"""The demonstration hall's people and screens, and its seven past days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from onewindow.accounts.actions.devices import make_printer
from onewindow.accounts.actions.devices import set_printer as set_address
from onewindow.accounts.models import Device, Membership, User
from onewindow.accounts.states import DeviceKind, Role
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.deadlines.queries import spans
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy, set_policy
from onewindow.base.trail import job
from onewindow.catalogue.queries import services
from onewindow.floor.actions import close_hall, open_hall
from onewindow.floor.models import Place
from onewindow.floor.queries import windows
from onewindow.floor.rules import WindowPolicy
from onewindow.printing.actions import set_printer
from onewindow.simulator.days import days_before
from onewindow.simulator.engine import Day, Engine, Post
from onewindow.simulator.models import Demonstration
from onewindow.simulator.past import copy_day, live_through
from onewindow.simulator.ports import ActionPort
from onewindow.simulator.queries import offered
from onewindow.tickets.actions.pace import learn
from onewindow.tickets.actions.sweep import run as sweep

PAST_DAYS = 7
VISITORS = 330.0
FREE_WINDOWS = ("8", "12", "15", "16")  # left for people who join; others serve the same
SEED = 20260608
BEFORE_OPENING_S = 600
BY = job("simulator")
Told = Callable[[str, float], None]

STAFF = (
    ("0100", Role.HALL_MANAGER),
    ("0101", Role.DUTY_MANAGER),
    ("0201", Role.GUIDE),
    ("0901", Role.SYSTEM_ADMINISTRATOR),
    ("0902", Role.SECURITY_ADMINISTRATOR),
    ("0903", Role.AUDIT_ADMINISTRATOR),
)

HERE = "127.0.0.1"
CROWDED = 40  # people who wait, at which the board alarms

PIN = "0000"  # the lock says so, in the demonstration

JOINING = {role: number for number, role in STAFF} | {Role.CLERK: "0399"}  # who one plays


@action
def people_and_screens(hall: Hall) -> None:
    """Make one clerk a window, the other roles, and a screen of each kind."""
    numbers = list(STAFF)
    numbers += [(f"03{place:02d}", Role.CLERK) for place, _ in enumerate(windows(hall), 1)]
    numbers += [("0399", Role.CLERK)]
    pin = make_password(PIN)
    for number, role in numbers:
        user = User(staff_number=number, name=number, pin=pin)
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, hall=hall, role=role)
    Device.objects.create(hall=hall, kind=DeviceKind.KIOSK, name="取号机 1")
    Device.objects.create(hall=hall, kind=DeviceKind.HALL_DISPLAY, name="综合屏 1")
    for window in windows(hall):
        name = f"窗口屏 {window.label}"
        device = Device.objects.create(hall=hall, kind=DeviceKind.WINDOW_DISPLAY, name=name)
        Place.objects.create(device=device, window=window)
    quick = replace(policy(hall, WindowPolicy), idle_min=1, crowd_hall=CROWDED)
    set_policy(hall, quick)  # nobody watches a demonstration for five minutes
    Demonstration.objects.get_or_create(hall=hall)
    memory.changed(hall)


@action
def connect_printer(hall: Hall, port: int) -> None:
    """Let the kiosk print on a printer that listens on this machine, at a port of today."""
    printers = Device.objects.filter(hall=hall, kind=DeviceKind.PRINTER, revoked_at=None)
    printer = printers.filter(host=HERE).first()
    if printer is None:
        printer = make_printer(hall=hall, name="票据打印机 1", host=HERE, port=port, by=BY)
    else:
        set_address(device=printer, host=HERE, port=port, by=BY)
    kiosk = Device.objects.filter(hall=hall, kind=DeviceKind.KIOSK, revoked_at=None).first()
    if kiosk is not None:
        set_printer(kiosk=kiosk, printer=printer, by=BY)


def posts(hall: Hall) -> list[Post]:
    """Return the windows that simulated clerks work at, each with its clerk; some stay free."""
    codes = {service.pk: service.code for service in services(hall)}
    found = []
    for place, window in enumerate(windows(hall), 1):
        if window.label in FREE_WINDOWS:
            continue
        served = frozenset(codes[one.service_id] for one in window.profile.all())
        found.append(Post(window.label, f"03{place:02d}", served))
    return found


def day_of(hall: Hall, day: date, visitors: float = VISITORS) -> Day:
    """Return what is simulated on a day: times are seconds since the epoch."""
    today = spans(hall, day)
    ends = today[-1].end.timestamp()
    return Day(today[0].start.timestamp(), ends, offered(hall), posts(hall), visitors)


def build_past(hall: Hall, now: datetime, told: Told) -> None:
    """Yesterday by the real actions, six days before copied from it, today up to ``now``."""
    rng = Random(SEED)  # noqa: S311 (a simulation)
    yesterday, *earlier = days_before(hall, hall.today(now), PAST_DAYS)
    engine = _engine(hall, yesterday, rng)
    live_through(engine, engine.day.closes + 5400, lambda share: told("yesterday", share))
    _end_of_day(hall, yesterday)
    for place, day in enumerate(earlier, 1):
        copy_day(hall, yesterday, day, rng)
        told("six days before", place / len(earlier))
    with clocks.at(now):
        learn(hall)
    engine = _engine(hall, hall.today(now), rng)
    live_through(engine, now.timestamp(), lambda share: told("this morning", share))


def _engine(hall: Hall, day: date, rng: Random) -> Engine:
    """Open the hall as its duty manager does, and let the day begin."""
    begins = datetime.fromtimestamp(day_of(hall, day).opens - BEFORE_OPENING_S, UTC)
    with clocks.at(begins):
        open_hall(hall=hall, by=BY)
    engine = Engine(ActionPort(hall, BY), day_of(hall, day), rng)
    engine.begin(begins.timestamp())
    return engine


def _end_of_day(hall: Hall, day: date) -> None:
    """The hall is closed; what is still open is closed by the change of date, as in a real one."""
    with clocks.at(spans(hall, day)[-1].end + timedelta(hours=1)):
        close_hall(hall=hall, by=BY)
    with clocks.at(clocks.moment(day + timedelta(days=1), hall.day_starts, hall.zone)):
        sweep()
