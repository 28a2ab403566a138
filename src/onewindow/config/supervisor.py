"""Keeping processes alive: each restarted when it dies, all ended together, none left behind."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from onewindow.config.signals import Stop

logger = logging.getLogger(__name__)

PARENT = "ONEWINDOW_PARENT"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SOUND_AFTER = 10.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class ProcessSpec:
    """A process to keep alive: its name in the log, and its command."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


def onewindow(*words: str) -> list[str]:
    """Return the command line of one of our own commands."""
    return [sys.executable, "-m", "onewindow.config.cli", *words]


def tie_to_parent() -> None:
    """In a child: end when the one that keeps us alive ends, however it ends (on Linux)."""
    parent = os.environ.pop(PARENT, "")
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != int(parent):  # it ended before we were tied
        sys.exit(0)


class Child:
    """One process that is kept alive.

    What was sound starts again at once; what dies young pauses, each time twice as long.
    """

    def __init__(self, spec: ProcessSpec) -> None:
        self.spec = spec
        self.process: subprocess.Popen[bytes] | None = None
        self.started = self.due = self.pause = 0.0

    def turn(self) -> None:
        """Notice a death, and start what is due."""
        if self.process is not None and self.process.poll() is not None:
            self._died(self.process.returncode)
        if self.process is None and time.monotonic() >= self.due:
            self._start()

    def cut_off(self) -> None:
        """End the process and all it started without a word, as a power cut does."""
        if self.process is not None:
            self.signal_all(signal.SIGKILL)
            self.process.wait()
            self.process, self.due = None, 0.0
            logger.warning("%s is cut off", self.spec.name)

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to the process and all it started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def _start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.spec.command,
            env={**os.environ, **self.spec.env, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _died(self, code: int) -> None:
        self.signal_all(signal.SIGKILL)  # what it had started must not serve beside the next one
        self.process = None
        sound = time.monotonic() - self.started > SOUND_AFTER
        self.pause = 0.0 if sound else min(LONGEST_PAUSE, max(FIRST_PAUSE, 2 * self.pause))
        self.due = time.monotonic() + self.pause
        how = f"signal {-code}" if code < 0 else f"code {code}"
        logger.error("%s ended (%s); it starts again in %g s", self.spec.name, how, self.pause)


class Supervisor:
    """Keeps some processes alive until it is asked to stop. None lives while it is ``dark``."""

    def __init__(
        self, specs: Sequence[ProcessSpec], stop: Stop, dark: Callable[[], bool] = lambda: False
    ) -> None:
        self.children = [Child(spec) for spec in specs]
        self.stop, self.dark = stop, dark

    def turn(self, longest: float = 1.0) -> bool:
        """Look after all once, then wait a little; True when it is time to end."""
        dark = self.dark()
        for child in self.children:
            child.cut_off() if dark else child.turn()
        return self.stop.wait(longest)

    def restart(self, name: str) -> None:
        """Let a process end politely; it is started again at the next turn."""
        for child in self.children:
            if child.spec.name == name and child.process is not None:
                child.process.terminate()

    def end(self, within: float) -> bool:
        """End all: politely, then for good. True when everybody went by themselves."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            if child.process is not None:
                child.process.terminate()
        polite = _all_ended(running, time.monotonic() + within)
        for child in running:
            child.signal_all(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        return polite


def _all_ended(children: Sequence[Child], until: float) -> bool:
    for child in children:
        try:
            if child.process is not None:
                child.process.wait(timeout=max(0.01, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
    return True
