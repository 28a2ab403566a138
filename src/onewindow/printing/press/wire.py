"""Talking to one printer over the network: ask how it is, print, ask what came of it.

``DLE EOT n`` is answered at once, even by a printer that stands still; ``GS r 1`` only after all
that was sent before has been printed. A printer that answers neither is believed to print.
"""

import socket
from types import TracebackType
from typing import Any

from escpos.printer import Network
from PIL import Image

from onewindow.printing.press.sheet import bands
from onewindow.printing.states import Condition

CONNECT_S, SEND_S, ANSWER_S, PRINTED_S = 2.0, 8.0, 0.6, 4.0
ONLINE, CAUSE, PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
PRINTED = b"\x1dr\x01"
BEGIN, FEED_AND_CUT = b"\x1b@", b"\x1dV\x42\x18"  # cuts a little below what was printed


class Line(Network):  # type: ignore[misc]  # the library says nothing of its types
    """The library's connection, by either version of IP; a socket that failed is closed at once."""

    def open(self, raise_not_found: bool = True) -> None:
        """Connect. Raise OSError when nobody answers."""
        self._device = socket.create_connection((self.host, self.port), timeout=self.timeout)


class Wire:
    """A connection to a printer, for one turn. ``condition`` is how it was at its begin."""

    def __init__(self, host: str, port: int) -> None:
        self._line = Line(host, port, timeout=CONNECT_S)
        self._talks = False
        self.condition = Condition.OFFLINE

    def __enter__(self) -> "Wire":
        try:
            self._line.open()
            self.condition = self._ask()
        except OSError:
            self.condition = Condition.OFFLINE
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    def print_out(self, picture: Image.Image) -> Condition:
        """Print a picture and cut the paper; return how the printer is then. It never raises."""
        try:
            self._wait(SEND_S)
            # Told how wide the paper is, the library does not write to standard output about it.
            self._line.profile.profile_data = {"media": {"width": {"pixels": picture.width}}}
            self._line._raw(BEGIN)
            for band in bands(picture):
                self._line.image(band)
            self._line._raw(FEED_AND_CUT)
            return self._afterwards() if self._talks else self.condition
        except OSError:
            return Condition.STOPPED

    def _afterwards(self) -> Condition:
        """Wait until all is printed, and ask how the printer is; silent now, it has stopped."""
        self._answer(PRINTED, PRINTED_S)
        how = self._ask()
        return Condition.STOPPED if how == Condition.UNKNOWN else how

    def _ask(self) -> Condition:
        """Ask how the printer is: unknown when it says nothing, or what no printer says."""
        online = self._status(ONLINE)
        if online is None:
            return Condition.UNKNOWN
        cause, paper = self._status(CAUSE) or 0, self._status(PAPER) or 0
        self._talks = True
        if paper & 0x60 or cause & 0x20:
            return Condition.PAPER_OUT
        if cause & 0x04:
            return Condition.COVER_OPEN
        if cause & 0x40 or online & 0x08:
            return Condition.STOPPED
        return Condition.NEAR_END if paper & 0x0C else Condition.READY

    def _status(self, question: bytes) -> int | None:
        answer = self._answer(question, ANSWER_S)
        honest = len(answer) == 1 and answer[0] & 0x93 == 0x12  # bits that never change
        return answer[0] if honest else None

    def _answer(self, question: bytes, seconds: float) -> bytes:
        """Ask, and return what comes within some seconds; nothing is an answer too."""
        self._wait(seconds)
        try:
            return bytes(self._line.query_status(question))
        except TimeoutError:
            return b""

    def _wait(self, seconds: float) -> None:
        line: Any = self._line.device
        line.settimeout(seconds)
