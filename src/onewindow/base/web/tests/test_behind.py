"""Who counts addresses counts visitors, not the proxy; and nobody can make one up."""

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from onewindow.base.web.behind import Behind

PROXY, PHONE, STRANGER = "10.0.0.2", "192.168.7.31", "203.0.113.9"


@pytest.fixture(autouse=True)
def proxies(settings: Settings) -> None:
    settings.PROXIES = [ip_network("10.0.0.0/24"), ip_network("::1")]


def seen(remote: str, **said: str) -> tuple[str, bool]:
    """Return what address a view sees, and whether by HTTPS."""
    found = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append((request.META["REMOTE_ADDR"], request.is_secure()))
        return HttpResponse()

    Behind(view)(RequestFactory().get("/", REMOTE_ADDR=remote, headers=said))
    return found[0]


def test_what_the_proxy_says_of_a_phone_is_believed() -> None:
    said = {"x-forwarded-for": PHONE, "x-forwarded-proto": "https"}
    assert seen(PROXY, **said) == (PHONE, True)
    assert seen("::1", **said) == (PHONE, True)


def test_what_a_stranger_says_of_himself_is_not() -> None:
    said = {"x-forwarded-for": PHONE, "x-forwarded-proto": "https"}
    assert seen(STRANGER, **said) == (STRANGER, False)


def test_an_address_that_was_made_up_before_the_proxy_does_not_count() -> None:
    assert seen(PROXY, **{"x-forwarded-for": f"1.2.3.4, {STRANGER}"})[0] == STRANGER
    assert seen(PROXY, **{"x-forwarded-for": f"{STRANGER}, 10.0.0.7"})[0] == STRANGER


@pytest.mark.parametrize("said", ["", "unknown", "<script>", "10.0.0.9", ", ,"])
def test_where_nothing_can_be_read_it_is_the_proxy(said: str) -> None:
    assert seen(PROXY, **{"x-forwarded-for": said})[0].startswith("10.0.0.")


def test_without_a_proxy_it_is_whoever_asks() -> None:
    assert seen(PHONE) == (PHONE, False)
    assert seen("") == ("", False)
