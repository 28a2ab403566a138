"""The demonstration's printer: it understands what a ticket printer is told, and prints nothing."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import BinaryIO

OK, OFFLINE, STOPPED = b"\x12", b"\x1a", b"\x52"


class Printer:
    """Listens on the loopback, on a ``port`` that is free. While ``jammed`` it says so."""

    def __init__(self, jammed: Callable[[], bool]) -> None:
        self.jammed = jammed
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        Thread(target=self._listen, name="printer", daemon=True).start()

    def off(self) -> None:
        """Pull the plug."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        jammed = self.jammed()
        with line, suppress(OSError), line.makefile("rb") as told:
            while (answer := _answer(told, jammed)) is not None:
                line.sendall(answer)


def _answer(told: BinaryIO, jammed: bool) -> bytes | None:
    """Read one command and return what is said to it; None at the end, or when it is unknown."""
    command = told.read(2)
    if command == b"\x10\x04":  # how are you?
        ills = {b"\x01": OFFLINE, b"\x02": STOPPED} if jammed else {}
        return ills.get(told.read(1), OK)
    if command == b"\x1dr":  # answered when all before it is printed
        told.read(1)
        return b"" if jammed else b"\x00"
    if command == b"\x1dv":  # a picture: its width in bytes, its height in dots
        head = told.read(6)
        told.read(int.from_bytes(head[2:4], "little") * int.from_bytes(head[4:6], "little"))
        return b""
    if command == b"\x1dV":  # cut
        told.read(2)
        return b""
    return b"" if command == b"\x1b@" else None  # begin
