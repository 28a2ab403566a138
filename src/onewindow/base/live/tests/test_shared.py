"""A panel that screens share is rendered once, and again when what it shows has changed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.test import RequestFactory
from django.utils import translation

from onewindow.base.halls.models import Hall
from onewindow.base.live.hub import HUB, stamp
from onewindow.base.live.shared import forget, shared


class Rendering:
    """Counts how often it renders."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return f"rendered {self.times}"


@pytest.fixture
def rendering() -> Rendering:
    return Rendering()


@pytest.fixture
def ask(rendering: Rendering) -> Iterator[Callable[..., str]]:
    """Ask for the panel of a hall that no database needs to know."""
    place = Hall(pk=987_654, slug="shared", version=1)

    def asked(name: str = "waits", woken: int = 0, hall: Hall = place, seconds: float = 10) -> str:
        request = RequestFactory().get("/", headers={"X-Woken": str(woken)} if woken else {})
        panel = shared(request, name, ("ticket",), rendering, hall=hall, seconds=seconds)
        return panel.content.decode()

    forget()
    with patch("onewindow.base.live.shared.connection") as connection:
        connection.in_atomic_block = False
        yield asked
    forget()


def test_the_second_screen_is_answered_from_memory(ask: Callable[..., str]) -> None:
    assert ask() == ask() == "rendered 1"


def test_a_change_of_its_topic_renders_it_again(ask: Callable[..., str]) -> None:
    ask()
    with patch("onewindow.base.live.hub.stamp", lambda: stamp() + 5):
        HUB.told(987_654, ["ticket"])
    assert ask() == "rendered 2"


def test_a_change_of_another_hall_does_not(ask: Callable[..., str]) -> None:
    ask()
    HUB.told(1, ["ticket"])
    assert ask() == "rendered 1"


def test_each_language_and_each_name_has_its_own(ask: Callable[..., str]) -> None:
    assert ask() == "rendered 1"
    with translation.override("zh-hans"):
        assert ask() == "rendered 2"
    assert ask("another") == "rendered 3"


def test_a_change_of_the_hall_itself_renders_it_again(ask: Callable[..., str]) -> None:
    ask()
    assert ask(hall=Hall(pk=987_654, slug="shared", version=2)) == "rendered 2"


def test_a_screen_woken_after_the_rendering_gets_a_new_one(ask: Callable[..., str]) -> None:
    ask()
    with patch("onewindow.base.live.shared.stamp", lambda: stamp() + 10):
        assert ask(woken=stamp() + 5) == "rendered 2"
        assert ask(woken=stamp() + 1) == "rendered 2"


def test_waits_grow_so_a_panel_does_not_last_for_ever(ask: Callable[..., str]) -> None:
    ask(seconds=-1)
    assert ask() == "rendered 2"


def test_a_hundred_that_ask_at_once_cost_one_rendering(
    ask: Callable[..., str], rendering: Rendering
) -> None:
    gate = threading.Barrier(20)

    def together(_number: int) -> str:
        gate.wait()
        return ask()

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(together, range(20))) == {"rendered 1"}
    assert rendering.times == 1


def test_inside_a_transaction_nothing_is_kept(ask: Callable[..., str]) -> None:
    with patch("onewindow.base.live.shared.connection") as connection:
        connection.in_atomic_block = True
        assert (ask(), ask()) == ("rendered 1", "rendered 2")


def test_memory_is_bounded(ask: Callable[..., str]) -> None:
    with patch("onewindow.base.live.shared.KEPT_AT_MOST", 2):
        for name in ("a", "b", "c"):
            ask(name)
        ask("a")
    assert ask("c") == "rendered 3"
