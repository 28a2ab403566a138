"""The plan of the floor, kept in memory for as long as the hall's version stands."""

import pytest

from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor import actions, queries
from onewindow.floor.models import Window
from onewindow.floor.tests import make


def test_a_window_is_found_without_a_query(
    hall: Hall, window: Window, django_assert_num_queries: object
) -> None:
    queries.windows(hall)

    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        found = queries.window_by_label(hall, "5")
        served = queries.profile_of(found).all
        storey = found.zone.storey

    assert (found, storey) == (window, {})
    assert len(served) == 1


def test_a_new_window_is_known_once_the_version_grows(
    hall: Hall, window: Window, service: Service
) -> None:
    queries.windows(hall)
    made = make.window(hall, service, label="7")

    changed(hall)

    assert made in queries.windows(hall)


def test_an_unknown_label_is_said_as_such(hall: Hall, other_hall: Hall, window: Window) -> None:
    with pytest.raises(queries.UnknownWindow, match="no window 99"):
        queries.window_by_label(hall, "99")
    with pytest.raises(queries.UnknownWindow):
        queries.window_by_label(other_hall, "5")
    with pytest.raises(queries.UnknownWindow):
        queries.window_by_id(other_hall, window.pk)


def test_first_choices_stand_before_second_ones(hall: Hall, service: Service) -> None:
    rare = ServiceFactory.create(hall=hall)
    helps = make.window(hall, rare, second=(service,), label="1")
    own = make.window(hall, service, label="2")

    assert queries.windows_serving(service) == (own, helps)
    assert queries.profile_of(helps) == ((rare.pk,), (service.pk,))
    assert queries.windows_serving(ServiceFactory.create(hall=hall)) == ()


def test_a_full_floor_is_not_filled_again(hall: Hall, window: Window, by: By) -> None:
    with pytest.raises(actions.FloorNotEmpty):
        actions.fill_floor(hall=hall, plan=actions.Plan(), by=by)


def test_a_device_is_placed_and_placed_anew(hall: Hall, window: Window, by: By) -> None:
    device = DeviceFactory.create(hall=hall)
    actions.place(device=device, window=window, zones=(), by=by)

    place = actions.place(device=device, window=None, zones=[window.zone], by=by)

    assert place.window is None
    assert list(place.zones.all()) == [window.zone]
