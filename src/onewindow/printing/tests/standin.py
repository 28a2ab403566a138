"""A printer that is none: it listens on the loopback, understands ESC/POS, and has its moods."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from PIL import Image

OK, OFFLINE = 0x12, 0x1A
COVER, STOPPED = 0x16, 0x52
NEAR_END, PAPER_OUT = 0x1E, 0x7E


@dataclass
class Mood:
    """What a printer answers to ``DLE EOT`` 1, 2 and 4, and what it does with what it gets."""

    online: int = OK
    cause: int = OK
    paper: int = OK
    mute: bool = False  # it prints and says nothing
    jams_after: int = 0  # bytes; then it prints nothing more and says that it stopped
    hangs: bool = False  # it takes the connection and then does nothing at all


@dataclass
class StandIn:
    """The printer: ``papers`` are the pictures that came out, cut off one by one."""

    mood: Mood = field(default_factory=Mood)
    papers: list[Image.Image] = field(default_factory=list)
    got: int = 0

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._bands: list[Image.Image] = []
        self._visit: threading.Thread | None = None
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def off(self) -> None:
        """Pull the plug."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._listener.join(5)

    def settle(self) -> None:
        """Wait until all that was sent has been read."""
        if self._visit is not None:
            self._visit.join(5)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                self._visit = threading.Thread(target=self._serve, args=(line,), daemon=True)
                self._visit.start()

    def _serve(self, line: socket.socket) -> None:
        self._bands, seen = [], b""
        with line, suppress(OSError):
            while more := line.recv(4096):
                self.got += len(more)
                seen = b"" if self.mood.hangs else self._understand(line, seen + more)

    def _understand(self, line: socket.socket, seen: bytes) -> bytes:
        """Do what the bytes say; return those that are not complete yet."""
        while seen:
            length = self._one(line, seen)
            if not length:
                return seen
            seen = seen[length:]
        return b""

    def _one(self, line: socket.socket, seen: bytes) -> int:
        """Do one command and return its length; 0 when its end has not come."""
        if seen.startswith(b"\x10\x04") and len(seen) >= 3:
            return self._say(line, self._status(seen[2]), 3)
        if seen.startswith(b"\x1b@"):
            return 2
        if seen.startswith(b"\x1dr") and len(seen) >= 3:
            return 3 if self.is_jammed else self._say(line, 0x00, 3)
        if seen.startswith(b"\x1dV\x42") and len(seen) >= 4:
            return self._cut()
        if seen.startswith(b"\x1dv0") and len(seen) >= 8:
            return self._raster(seen)
        if len(seen) < 8:
            return 0
        raise AssertionError(f"no printer knows {seen[:8]!r}")

    @property
    def is_jammed(self) -> bool:
        """Whether the paper stuck on the way."""
        return bool(self.mood.jams_after) and self.got > self.mood.jams_after

    def _status(self, which: int) -> int:
        if self.is_jammed:
            return {1: OFFLINE, 2: STOPPED, 4: OK}[which]
        return {1: self.mood.online, 2: self.mood.cause, 4: self.mood.paper}[which]

    def _say(self, line: socket.socket, answer: int, length: int) -> int:
        if not self.mood.mute:
            line.sendall(bytes([answer]))
        return length

    def _raster(self, seen: bytes) -> int:
        wide, high = seen[4] + 256 * seen[5], seen[6] + 256 * seen[7]
        end = 8 + wide * high
        if len(seen) < end:
            return 0
        if not self.is_jammed:
            band = Image.frombytes("1", (wide * 8, high), seen[8:end])
            self._bands.append(band.point(lambda dot: 255 - dot))
        return end

    def _cut(self) -> int:
        if self._bands and not self.is_jammed:
            height = sum(band.height for band in self._bands)
            paper, top = Image.new("1", (self._bands[0].width, height)), 0
            for band in self._bands:
                paper.paste(band, (0, top))
                top += band.height
            self.papers.append(paper)
        self._bands = []
        return 4
