"""Every page there is, looked at by axe-core: no serious and no critical issue, light and dark.

The walk follows links, role by role, and looks once at each address of the table; a page that no
walk reaches fails the test, so a new page is looked at by existing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve
from playwright.sync_api import expect
from pytest_django import Settings

from onewindow.accounts.actions import set_pin
from onewindow.accounts.devices import PLACES, device_path
from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests import make
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.floor.actions import place as place_device
from onewindow.floor.readiness import code_for
from onewindow.hooks.actions import make_hook
from onewindow.hooks.events import EVENTS
from onewindow.lists import tasks
from onewindow.lists.actions.bring import bring
from onewindow.lists.models import Import
from onewindow.public.tests.make import VISITOR, World
from onewindow.simulator.models import Demonstration
from onewindow.tickets import actions, appointments
from onewindow.tickets.actions.appointments import book
from onewindow.tickets.actions.take import Away
from onewindow.tickets.models import Appointment, Visit
from onewindow.tickets.remote_rules import RemotePolicy
from onewindow.tickets.states import Channel
from tests.browser.conftest import Tab
from tests.house.test_doors import pages, source
from tests.house.test_role_by_url import filled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

GRAVE = {"serious", "critical"}
ALL = {"resultTypes": ["violations"]}
CONTRAST = ALL | {"runOnly": ["color-contrast"]}

NO_PAGES = {
    "accounts:code": "between password and page; the stories of the second factor see it",
    "accounts:lock_state": "says to a script how long a sign-in stays open",
    "accounts:provider": "the way to another house's sign-in",
    "accounts:provider_back": "the way back from there",
    "alerts:panel": "a panel, as are those that follow",
    "alerts:band": "",
    "desks:board_now": "",
    "desks:trail_verified": "",
    "floor:health": "",
    "public:display_now": "",
    "public:front_now": "",
    "public:phone_now": "",
    "public:window_display_now": "",
    "public:service_papers": "",
    "tickets:side": "",
    "tickets:window": "",
    "tickets:export_files": "",
    "accounts:person_face": "a photo, as is the next",
    "public:window_face": "",
    "health": "for machines, as are those that follow",
    "live:stream": "",
    "desks:window_pc_who": "a panel",
    "public:kiosk_alive": "",
    "public:kiosk_urgent": "",
    "public:kiosk_printing": "",
    "public:pair_now": "",
    "public:turn": "",
    "public:urgent": "",
    "public:manifest": "",
    "public:kiosk_worker": "",
    "public:rating_pad_worker": "",
    "public:clock_in_worker": "",
    "voice:listen": "a sound",
    "voice:made": "a sound",
    "voice:sample": "a sound",
    "logo": "a picture",
    "bundle": "a file",
    "catalogue:form": "a file",
    "desks:trail_file": "a file",
    "lists:csv": "a file",
    "lists:file": "a file",
    "lists:files": "a panel",
    "lists:progress": "a panel",
    "public:authority_file": "a file",
    "tickets:export_csv": "a file",
    "tickets:export_file": "a file",
    "voice:clip": "a sound",
    "voice:talk": "a panel",
    "public:kiosk_nothing": "the page of what is not there",
}

Place = tuple[str, str]  # the name of an address, and what tells its pages apart


@dataclass
class Walk:
    """What was looked at, and what axe-core said of it."""

    seen: set[Place] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    def through(self, page: "Page") -> None:
        """Look at an open page and at all that its links lead to.

        Others may have been here already: the links are still this person's own.
        """
        ahead = [urlsplit(page.url).path, *page.evaluate(LINKS)]
        while ahead:
            path = ahead.pop(0)
            place = place_of(path)
            if place is None or place in self.seen:
                continue
            self.seen.add(place)
            if self._is_page(page, path):
                self.look(page)
                ahead += page.evaluate(LINKS)

    def look(self, page: "Page") -> None:
        """Ask axe-core about an open page, in light and in dark."""
        for scheme, options in (("light", ALL), ("dark", CONTRAST)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # two words
            found = grave(page, scheme, options)
            if found:  # a panel may have been exchanged meanwhile: what is wrong is so again
                again = grave(page, scheme, options)
                found = [one for one in again if one in found]
            self.found += found
        page.emulate_media(color_scheme="light")

    def _is_page(self, page: "Page", path: str) -> bool:
        """Open an address; say whether it is a whole page of ours."""
        address = urlsplit(page.url)._replace(path=path, query="").geturl()
        answer = page.request.get(address, max_redirects=0)
        if not answer.ok or not answer.headers["content-type"].startswith("text/html"):
            return False
        page.goto(address)
        return True


def grave(page: "Page", scheme: str, options: Any) -> list[str]:
    """Return the grave issues of a page once it is drawn."""
    page.evaluate(DRAWN)
    issues = Axe().run(page, options=options).response["violations"]
    return [line for one in issues if one["impact"] in GRAVE for line in told(page, scheme, one)]


LINKS = """() => [...document.querySelectorAll("a[href]")]
    .filter((link) => link.origin === location.origin).map((link) => link.pathname)"""
DRAWN = """() => Promise.race([
    Promise.allSettled(document.getAnimations()
        .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished)),
    new Promise((late) => setTimeout(late, 5000)),
])"""  # colours that change by and by have changed


def place_of(path: str) -> Place | None:
    """Return what a path leads to; None where nothing is."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.view_name, str(match.kwargs.get("sheet", ""))


def told(page: "Page", scheme: str, issue: dict[str, Any]) -> Iterator[str]:
    """Say what is wrong where, a line for each part of a page."""
    for node in issue["nodes"]:
        yield f"{urlsplit(page.url).path} {scheme} {issue['id']}: {node['html'][:160]}"


def missed(seen: set[Place]) -> set[str]:
    """Return the names of the addresses that can be opened and that the walk did not reach."""
    reached = {name for name, _ in seen}
    opened = [
        resolve(filled(a)).view_name for a, view in pages() if "require_POST" not in source(view)
    ]
    return set(opened) - reached - set(NO_PAGES)


def furnish(place: World, by: By) -> tuple[Visit, Appointment]:
    """Let the hall have something of everything; return who waits and needs help, and a booking."""
    make_hook(
        hall=place.hall, name="Figures", url="https://hall.example", events=list(EVENTS), by=by
    )
    spoiled = SimpleUploadedFile("list.csv", b"Short code,Name (English)\r\n,Passport")
    brought = bring(hall=place.hall, kind="services", file=spoiled, language="en", name="A", by=by)
    tasks.work.call(brought.pk)
    set_policy(place.hall, RemotePolicy(on=True, first_at="00:00", last_at="23:59"))
    place.take(channel=Channel.REMOTE, away=Away(clocks.now() + timedelta(hours=1), "of a phone"))
    place.take()
    needs_help = place.take(needs=["hearing"])
    actions.call_next(window=place.window, by=by)
    day = appointments.days(place.hall, place.births)[-1]
    slot = appointments.free_slots(place.hall, place.births, day)[0]
    booked = book(
        hall=place.hall,
        service=place.births,
        starts_at=slot.starts_at,
        phone="13800001234",
        by=VISITOR,
    )
    return needs_help.visit, booked


def lock(page: "Page") -> "Page":
    """Lock a screen and go to the page that says so."""
    page.locator(".me summary").click()
    page.get_by_role("button", name="Lock the screen").click()
    expect(page.locator("dialog.lock")).to_be_visible()
    page.goto(urlsplit(page.url)._replace(path="/lock/").geturl())
    return page


def test_the_first_page_of_the_demonstration_keeps_nobody_out(
    tab: Tab, place: World, hall: Hall, settings: Settings
) -> None:
    settings.DEMO, walk = True, Walk()
    for kind in PLACES:
        make.DeviceFactory.create(hall=hall, kind=kind)
    told = {"happened": {"what": "back", "window": "5"}, "happened_at": clocks.now()}
    Demonstration.objects.create(hall=hall, jammed=True, **told)
    walk.look(tab("/"))
    assert not walk.found, "\n".join(walk.found)


def test_no_page_keeps_anybody_out(tab: Tab, place: World, hall: Hall, by: By) -> None:
    manager = make.person(hall, Role.HALL_MANAGER)
    set_pin(user=manager, pin="2580", by=by)
    actions.open_window(window=place.window, user=manager, by=by)
    (visit, booked), walk = furnish(place, by), Walk()
    for role in Role:
        walk.through(tab("", make.person(hall, role)))
    for kind in PLACES:
        device = make.DeviceFactory.create(hall=hall, kind=kind)
        if kind == DeviceKind.WINDOW_PC:
            place_device(device=device, window=place.window, zones=(), by=by)
        walk.through(tab(device_path(device)))
        walk.through(tab(f"{device_path(device)}away/"))
    walk.through(tab("/account/second-factor", manager))
    brings = make.person(hall, Role.SYSTEM_ADMINISTRATOR)
    walk.through(tab(f"lists/import/{Import.objects.get().pk}/", brings))
    guarded = make.person(hall, Role.CLERK, second_factor_since=clocks.now())
    for path in ("/account/", "/password"):
        walk.through(tab(path, guarded))
    ticket, at_board = visit.tickets.get().pk, ("board/windows/5/", "board/close/", "board/help/")
    printed = (f"tickets/{ticket}/print/", f"guide/group/{ticket}/")
    for path in ("desk/strip/", "outage/", *at_board, *printed):
        walk.through(tab(path, manager))
    walk.through(lock(tab("desk/", manager)))
    kiosk, spot, booking = place.kiosk, place.at_spot, f"/h/{hall.slug}/a/{booked.token}/"
    of_kiosk = (f"{kiosk}number/{visit.token}/", f"{kiosk}guide/")
    reached = f"/h/{hall.slug}/reached/{code_for(hall)}/"
    of_phone = (
        reached,
        f"/t/{visit.token}/",
        spot,
        f"{spot}service/A01/",
        f"{spot}appointment/",
        booking,
    )
    for path in ("/", "/pair/", "/authority/", *of_kiosk, *of_phone):
        walk.through(tab(path))
    assert not walk.found, "\n".join(walk.found)
    assert not missed(walk.seen), " ".join(sorted(missed(walk.seen)))
