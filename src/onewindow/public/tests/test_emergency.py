"""An emergency on every screen: who shows it, what stops, and that it ends."""

from collections.abc import Callable

import pytest

from onewindow.accounts.devices import device_path, device_token
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.alerts.queries import NotInEmergency, emergency
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Window
from onewindow.public.tests.make import World
from onewindow.tickets import actions
from onewindow.tickets.states import State
from tests.fixtures.guards import GuardedClient

Browser = Callable[..., GuardedClient]
EXIT = "Please leave by the south gate."
GIVEN = {"kind": "evacuate", "text-en": EXIT, "text-zh-Hans": "请从南门离开。"}


@pytest.fixture
def manager(duty_manager: User, browser_for: Browser) -> GuardedClient:
    """The duty manager's browser."""
    return browser_for(duty_manager)


@pytest.fixture
def page(place: World) -> str:
    """Where an emergency is declared."""
    place.hall.languages = ["zh-Hans", "en"]
    place.hall.save()
    return f"/s/{place.hall.slug}/alerts/emergency/"


def text(client: GuardedClient, address: str) -> str:
    """Return what a page shows."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_screen_shows_it_in_both_languages_and_forgets_it_after_the_all_clear(
    client: GuardedClient,
    manager: GuardedClient,
    place: World,
    page: str,
    clerk: User,
    browser_for: Browser,
    by: By,
) -> None:
    kinds = [kind for kind in DeviceKind if kind != DeviceKind.PRINTER]
    screens: list[Device] = [DeviceFactory.create(hall=place.hall, kind=kind) for kind in kinds]
    window: Window = place.window
    actions.open_window(window=window, user=clerk, by=by)
    visit = place.take().visit
    desk = browser_for(clerk)
    public = [device_path(one) for one in screens]
    public += [f"/device/{device_token(screens[0])}/urgent/", f"/t/{visit.token}/"]
    public += [f"/t/{visit.token}/now/", f"/h/{place.hall.slug}/", place.at_spot]
    staff = [f"/s/{place.hall.slug}/desk/", f"/s/{place.hall.slug}/alerts/emergency/band/"]
    staff += [f"/s/{place.hall.slug}/desk/strip/"]
    assert manager.post(page, GIVEN).status_code == 302
    for address in public:
        shown = text(client, address)
        assert EXIT in shown, address
        assert "请从南门离开。" in shown, address
    for address in staff:
        shown = text(desk, address)
        assert EXIT in shown, address
        assert "all-clear" not in shown
    assert "all-clear" in text(manager, page)
    assert desk.post(f"{page}all-clear").status_code == 403
    assert manager.post(f"{page}all-clear").status_code == 302
    for address in public:
        assert EXIT not in text(client, address), address
    for address in staff:
        assert EXIT not in text(desk, address), address


def test_nobody_is_called_and_no_numbers_are_given_until_the_all_clear(
    client: GuardedClient,
    manager: GuardedClient,
    place: World,
    page: str,
    clerk: User,
    by: By,
) -> None:
    actions.open_window(window=place.window, user=clerk, by=by)
    first, second = place.take(), place.take()
    actions.call_next(window=place.window, by=by)
    manager.post(page, GIVEN | {"kind": "system_down"})
    place.hall.refresh_from_db()
    place.window.hall = place.hall
    actions.start(ticket=first, by=by)  # who has come is served to the end
    actions.finish(ticket=first, by=by)
    with pytest.raises(NotInEmergency):
        actions.call_next(window=place.window, by=by)
    with pytest.raises(NotInEmergency):
        actions.call(window=place.window, ticket=second, reason="", by=by)
    answer = client.post(f"{place.kiosk}service/A01/take/", follow=True)
    assert answer.status_code == 409
    assert "nothing goes on before the all clear" in answer.content.decode()
    second.refresh_from_db()
    assert second.state == State.WAITING
    manager.post(f"{page}all-clear")
    place.hall.refresh_from_db()
    assert actions.call_next(window=place.window, by=by) == second


def test_a_drill_says_so_on_every_screen_and_on_the_trail(
    client: GuardedClient, manager: GuardedClient, place: World, page: str
) -> None:
    manager.post(page, GIVEN | {"drill": "on"})
    assert ">Drill<" in text(client, place.kiosk)
    assert "Drill · " in text(manager, page)
    row = Entry.objects.get(kind="emergency.declared")
    assert row.data["drill"]
    assert row.data["emergency"] == "evacuate"


def test_a_message_too_long_to_be_read_in_passing_is_refused_and_kept_in_its_field(
    manager: GuardedClient, place: World, page: str
) -> None:
    answer = manager.post(page, GIVEN | {"text-en": "Leave! " * 30})
    assert answer.status_code == 422
    assert "Please say it in 120 characters." in answer.content.decode()
    assert "请从南门离开。" in answer.content.decode()
    place.hall.refresh_from_db()
    assert emergency(place.hall) is None


def test_only_who_runs_the_hall_declares_it(
    place: World, page: str, clerk: User, guide: User, stranger: User, browser_for: Browser
) -> None:
    for person, status in ((clerk, 403), (guide, 403), (stranger, 404)):
        assert browser_for(person).get(page).status_code == status
        assert browser_for(person).post(page, GIVEN).status_code == status
    place.hall.refresh_from_db()
    assert emergency(place.hall) is None
