"""A target that answers as the story says, and a hook that leads to it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.hooks.actions import make_hook
from onewindow.hooks.models import Hook
from tests.fixtures.queue import hall, open_window, take

__all__ = ["hall", "open_window", "take"]


class Target(ThreadingHTTPServer):
    """Answers with ``status``; it hangs until ``let_go`` while ``hangs``."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.said, self.location = 200, b"thank you", ""
        self.hangs, self.let_go = False, threading.Event()
        self.asked: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/onewindow?key=1"


class Answering(BaseHTTPRequestHandler):
    """One request of a target."""

    server: Target

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((dict(self.headers), body))
        if self.server.hangs:
            self.server.let_go.wait(20)
            return
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(self.server.said)))
        self.end_headers()
        self.wfile.write(self.server.said)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def serving() -> Iterator[Target]:
    """Run a target until the story ends."""
    target = Target()
    thread = threading.Thread(target=target.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield target
    target.let_go.set()
    target.shutdown()
    target.server_close()


@pytest.fixture
def target(settings: Settings) -> Iterator[Target]:
    """A target in the hall's own network, which the setting allows."""
    settings.HOOKS_PRIVATE = True
    yield from serving()


@pytest.fixture
def other_target(settings: Settings) -> Iterator[Target]:
    """Another one."""
    settings.HOOKS_PRIVATE = True
    yield from serving()


@pytest.fixture
def administrator(hall: Hall) -> User:
    """Who sets the hall up."""
    return person(hall, Role.SYSTEM_ADMINISTRATOR, name="Administrator")


def lead_to(hall: Hall, by: By, url: str, *events: str) -> Hook:
    """Make a hook, by default told of numbers that are taken."""
    told = events or ("ticket.taken",)
    return make_hook(hall=hall, name="City", url=url, events=told, by=by)[0]


@pytest.fixture
def hook(hall: Hall, by: By, target: Target) -> Hook:
    """A hook that leads to the target."""
    return lead_to(hall, by, target.url)
