"""``onewindow up``: everything runs, is restarted when it dies, and ends together."""

import signal
import socket
import time
from contextlib import ExitStack, suppress
from types import SimpleNamespace
from typing import cast

import psutil
import pytest

from onewindow.config.server import LONG_AGO, Forbearing
from onewindow.config.signals import Stop
from onewindow.config.supervisor import Child, ProcessSpec, Supervisor
from tests.cli.conftest import Installation, Up, until

pytestmark = pytest.mark.slow


def family(up: Up) -> dict[int, psutil.Process]:
    """All processes below ``up``."""
    return {child.pid: child for child in psutil.Process(up.process.pid).children(recursive=True)}


def one(up: Up, word: str) -> psutil.Process | None:
    """The process of our own with this word in its command line."""
    found = []
    for child in psutil.Process(up.process.pid).children():
        with suppress(psutil.Error):  # it ends while we look
            found += [child] if word in child.cmdline() else []
    return found[0] if found else None


def test_one_command_serves_pages_works_and_keeps_time(installation: Installation) -> None:
    up = installation.init().up()
    until(lambda: up.get("/health").json().get("worker") is True)
    assert up.get("/health").json() == {
        "well": True,
        "database": True,
        "clock": True,
        "worker": True,
    }
    assert f"OneWindow is open at http://127.0.0.1:{up.port}/" in up.log.read_text()


@pytest.mark.parametrize("word", ["web", "worker", "clock"])
def test_what_dies_is_started_again(installation: Installation, word: str) -> None:
    up = installation.init().up()
    until(lambda: one(up, word) is not None)
    victim = one(up, word)
    assert victim is not None
    victim.kill()
    until(lambda: (found := one(up, word)) is not None and found.pid != victim.pid)
    assert "starts again" in up.log.read_text()
    until(up.is_well)


def test_web_processes_may_be_killed_one_after_the_other(installation: Installation) -> None:
    up = installation.init().up()
    main = one(up, "web")
    assert main is not None
    for _time in range(4):  # within the seconds in which the server would give up by itself
        until(up.is_well)
        with suppress(psutil.NoSuchProcess):  # one that was killed before goes just now
            for web in main.children():
                web.kill()
    until(up.is_well)
    assert main.is_running()


def test_what_was_sound_starts_again_at_once_and_what_dies_young_later_and_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child = Child(ProcessSpec("work", ["true"]))
    monkeypatch.setattr(child, "signal_all", lambda _number: None)
    pauses = []
    for lived in (20, 1, 1, 1, 20, 1):
        child.started = time.monotonic() - lived
        child._died(1)
        pauses.append(child.pause)
    assert pauses == [0, 0.5, 1, 2, 0, 0.5]


def test_while_it_is_dark_nothing_lives_and_afterwards_all_does() -> None:
    dark = False
    stop = cast("Stop", SimpleNamespace(wait=lambda _seconds: False))
    watched = Supervisor([ProcessSpec("work", ["sleep", "60"])], stop, lambda: dark)
    (child,) = watched.children
    watched.turn()
    before = child.process
    assert before is not None
    dark = True
    watched.turn()
    assert child.process is None
    assert before.returncode == -signal.SIGKILL
    dark = False
    watched.turn()
    assert child.process is not None
    assert watched.end(5)


def test_only_what_was_started_five_times_in_five_seconds_is_past_help() -> None:
    killed, broken = 0, 1
    started = Forbearing()
    for turn in range(9):
        started[killed] = 1.5 * turn
        started.clear()
    for turn in range(5):
        started[killed], started[broken] = 13.5 + 1.5 * turn, 13.5 + 0.5 * turn
    assert (started[killed], started[broken]) == (LONG_AGO, 15.5)


def test_it_ends_within_three_seconds_with_two_hundred_screens_open(
    installation: Installation,
) -> None:
    up = installation.init().up()
    topics = installation.python(
        "from onewindow.base.live.tokens import sign\n"
        "from onewindow.base.halls.models import Hall\n"
        "print(sign(Hall.objects.get(), ['ticket']))"
    ).must_succeed()
    asked = f"GET /live/east-lake/?t={topics.strip()} HTTP/1.1\r\nHost: hall\r\n\r\n".encode()
    with ExitStack() as screens:
        for _each in range(200):
            screen = socket.create_connection(("127.0.0.1", up.port), timeout=20)
            screens.enter_context(screen).sendall(asked)
            assert screen.recv(12) == b"HTTP/1.1 200"
        children = family(up)
        assert up.end() < 3
        assert not [pid for pid, child in children.items() if child.is_running()]


def test_nothing_is_left_behind_when_it_is_killed(installation: Installation) -> None:
    up = installation.init().up("--processes", 2)
    until(lambda: one(up, "clock") is not None)
    children = family(up)
    assert len(children) >= 5
    up.end(signal.SIGKILL)
    until(lambda: not any(child.is_running() for child in children.values()), 10)


def test_a_port_that_is_taken_is_named(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for command in ("up", "web"):
            done = installation.run(command, "--port", port)
            done.must_refuse(f"127.0.0.1:{port}", "--port")


def test_data_that_is_in_use_is_not_restored_over(installation: Installation) -> None:
    up = installation.init().up()
    archive = installation.data.parent / "backup.tar"
    installation.run("backup", archive).must_succeed()
    installation.run("restore", archive, "--force").must_refuse("OneWindow is running")
    assert up.get("/health").status_code == 200
