"""Learning of SIGTERM at once, also in the middle of a wait."""

import select
import signal
import socket
from types import FrameType

ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stop:
    """Becomes ``asked`` with SIGTERM, SIGINT or SIGHUP. Make it in the main thread.

    A wait ends early for these signals, and for those in ``wakes``.
    """

    def __init__(self, *wakes: signal.Signals) -> None:
        self.asked = False
        self._heard, tell = socket.socketpair()
        self._heard.setblocking(False)
        tell.setblocking(False)
        self._tell = tell  # kept, or it would be closed
        signal.set_wakeup_fd(tell.fileno(), warn_on_full_buffer=False)
        for number in ENDS:
            signal.signal(number, self._ask)
        for number in wakes:
            signal.signal(number, self._wake)

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until a signal comes; True when the process should end."""
        if not self.asked and select.select([self._heard], [], [], max(0.0, seconds))[0]:
            self._heard.recv(4096)
        return self.asked

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def _wake(self, number: int, frame: FrameType | None) -> None:
        """Nothing to do: the wake-up descriptor ends the wait."""
