"""A page carries a signed list of topics; the stream opens to nothing else."""

import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from onewindow.base.halls.models import Hall
from onewindow.base.live import bus, tokens
from onewindow.base.live.hub import HUB, stamp
from onewindow.base.trail import job
from onewindow.base.trail.record import record


@pytest.fixture
def token(hall: Hall) -> str:
    return tokens.sign(hall, ["ticket"])


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    yield
    for post in list(HUB._open):
        HUB.leave(post)


def opened(client: Client, address: str) -> Iterator[bytes]:
    response = client.get(address)
    assert isinstance(response, StreamingHttpResponse)
    assert response.headers["Content-Type"] == "text/event-stream"
    return iter(response)


def test_the_page_carries_what_opens_its_stream(client: Client, hall: Hall) -> None:
    page = Template('{% load live %}{% live "ticket" "window.5" %}').render(Context({"hall": hall}))
    found = re.search(
        r'content="([^"]+)" data-topics="ticket window.5" data-stream="([^"]+)"', page
    )
    assert found
    assert found[2] == f"/live/{hall.slug}/"
    assert b"hello" in next(opened(client, f"{found[2]}?t={found[1]}"))


def test_a_page_without_a_hall_has_no_stream() -> None:
    assert Template('{% load live %}{% live "ticket" %}').render(Context({})) == ""


def test_a_change_wakes_the_screen_when_it_is_committed(
    client: Client,
    hall: Hall,
    token: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stream = opened(client, f"/live/{hall.slug}/?t={token}&s={stamp() + 60_000}")
    next(stream)
    with django_capture_on_commit_callbacks(execute=True):
        record("hall.changed", hall, by=job("test"), hall=hall.pk, topics=("ticket",))
        assert next(iter(HUB._open)).box.empty()
    assert b"data: ticket" in next(stream)


def test_a_page_that_is_older_than_a_change_asks_again_at_once(
    client: Client, hall: Hall, token: str
) -> None:
    HUB.told(hall.pk, ["ticket"])
    stream = opened(client, f"/live/{hall.slug}/?t={token}")
    next(stream)
    assert b"data: ticket" in next(stream)


def test_a_forged_list_opens_nothing(client: Client, hall: Hall, token: str) -> None:
    assert client.get(f"/live/{hall.slug}/?t={token}x").status_code == 403
    assert client.get(f"/live/{hall.slug}/").status_code == 403


def test_the_list_of_another_hall_opens_nothing(
    client: Client, other_hall: Hall, token: str
) -> None:
    assert client.get(f"/live/{other_hall.slug}/?t={token}").status_code == 403


def test_an_old_list_opens_nothing(client: Client, hall: Hall, token: str) -> None:
    with patch("onewindow.base.live.tokens.LIVES_SECONDS", -1):
        assert client.get(f"/live/{hall.slug}/?t={token}").status_code == 403


def test_one_stream_too_many_gets_204(
    client: Client, hall: Hall, token: str, settings: Settings
) -> None:
    settings.STREAMS = len(HUB._open)
    assert client.get(f"/live/{hall.slug}/?t={token}").status_code == 204
    assert client.head(f"/live/{hall.slug}/?t={token}").status_code == 204


def test_asking_why_opens_no_stream(client: Client, hall: Hall, token: str) -> None:
    before = HUB.streams
    assert client.head(f"/live/{hall.slug}/?t={token}").status_code == 200
    assert HUB.streams == before


def test_a_stream_asks_the_database_nothing(
    client: Client, hall: Hall, token: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        opened(client, f"/live/{hall.slug}/?t={token}")


@pytest.mark.django_db(transaction=True)
def test_a_stream_holds_no_database_connection(client: Client) -> None:
    from onewindow.base.halls.tests.make import HallFactory  # noqa: PLC0415  # of this test alone

    hall = HallFactory.create()
    stream = opened(client, f"/live/{hall.slug}/?t={tokens.sign(hall, ['ticket'])}")
    next(stream)
    in_memory = "memory" in str(connection.settings_dict["NAME"])
    assert connection.connection is None or in_memory


def test_several_pages_of_a_browser_share_a_stream(client: Client, hall: Hall, token: str) -> None:
    other = tokens.sign(hall, ["window.5"])
    stream = opened(client, f"/live/{hall.slug}/?t={token}&s=1&t={other}&s=nonsense")
    next(stream)
    (post,) = HUB._open
    assert post.wanted == {(hall.pk, "ticket"), (hall.pk, "window.5")}


def test_a_listener_is_told_once_however_often_it_is_named() -> None:
    bus.listen(HUB.told)
    assert bus._listeners.count(HUB.told) == 1
