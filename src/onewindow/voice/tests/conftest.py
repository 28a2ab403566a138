"""The hall of the visitors' stories, and a visitor who reads English."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.public.tests.make import World, world
from tests.fixtures.guards import GuardedClient


@pytest.fixture
def place(hall: Hall) -> World:
    """The hall, furnished and open."""
    return world(hall)


@pytest.fixture
def client() -> GuardedClient:
    """A browser that nobody has signed in with, and that prefers English."""
    return GuardedClient(headers={"accept-language": "en"})
