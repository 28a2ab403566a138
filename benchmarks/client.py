"""A lean HTTP client: one socket kept open, so that the generator takes little of two cores."""

import json
import socket
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes
    seconds: float
    head: bytes = b""

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body) if self.body else None

    def header(self, name: str) -> str:
        """A header of the answer; empty when it has none."""
        start = f"{name}: ".lower().encode()
        lines = self.head.lower().split(b"\r\n")
        return next((line[len(start) :].decode() for line in lines if line.startswith(start)), "")


class Client:
    """One caller with one connection. A broken connection raises OSError."""

    def __init__(self, port: int, key: str = "", *, timeout: float = 30.0, more: str = "") -> None:
        self.port, self.timeout = port, timeout
        self.head = f"Host: 127.0.0.1:{port}\r\nAccept-Language: en\r\n{more}"
        if key:
            self.head += f"Authorization: Bearer {key}\r\n"
        self.socket: socket.socket | None = None

    def post(self, path: str, body: Any = None, key: str = "") -> Answer:
        """Send a POST with an Idempotency-Key, a new one by default."""
        content = b"" if body is None else json.dumps(body).encode()
        more = f"Idempotency-Key: {key or uuid.uuid4()}\r\nContent-Type: application/json\r\n"
        return self._send("POST", path, more, content)

    def send_form(self, path: str, fields: str, more: str = "") -> Answer:
        """Send a form of a page, each time a new one (``_once``)."""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n"
        body = f"_once={uuid.uuid4()}&{fields}".encode()
        return self._send("POST", path, more + kind, body)

    def get(self, path: str, more: str = "") -> Answer:
        """Send a GET."""
        return self._send("GET", path, more, b"")

    def close(self) -> None:
        """Let the connection go."""
        if self.socket:
            self.socket.close()
        self.socket = None

    def _send(self, method: str, path: str, more: str, content: bytes) -> Answer:
        head = (
            f"{method} {path} HTTP/1.1\r\n{self.head}{more}Content-Length: {len(content)}\r\n\r\n"
        )
        began = time.perf_counter()
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), self.timeout)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(head.encode() + content)
            answered, body = self._read()
        except OSError:
            self.close()
            raise
        status = int(answered.split(b" ", 2)[1])
        return Answer(status, body, time.perf_counter() - began, answered)

    def _read(self) -> tuple[bytes, bytes]:
        assert self.socket is not None
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(x[15:]) for x in lines if x.startswith(b"content-length:")), None)
        if length is None and b"transfer-encoding: chunked" in lines:
            return head, self._chunks(body)
        while len(body) < (length or 0):
            body += self._more()
        return head, body

    def _chunks(self, data: bytes) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in data:
                data += self._more()
            size, _, data = data.partition(b"\r\n")
            wanted = int(size, 16) + 2
            while len(data) < wanted:
                data += self._more()
            body, data = body + data[: wanted - 2], data[wanted:]
            if wanted == 2:
                return body

    def _more(self) -> bytes:
        assert self.socket is not None
        found = self.socket.recv(65536)
        if not found:
            raise ConnectionResetError("the server closed the connection")
        return found


@dataclass
class Run:
    """What many clients saw together."""

    seconds: float = 0.0
    answers: list[Answer] = field(default_factory=list)
    faults: int = 0

    def of(self, *statuses: int) -> list[Answer]:
        """Return the answers with one of these statuses."""
        return [one for one in self.answers if one.status in statuses]

    @property
    def latencies_ms(self) -> list[float]:
        """Return how long each took."""
        return [one.seconds * 1000 for one in self.answers]


def together(many: int, act: Callable[[int], list[Answer]]) -> Run:
    """Let so many clients act at once; ``act`` gets the client's place and returns its answers."""
    run, lock = Run(), threading.Lock()

    def one(place: int) -> None:
        try:
            found = act(place)
        except Exception:
            with lock:
                run.faults += 1
            raise
        with lock:
            run.answers += found

    threads = [threading.Thread(target=one, args=(place,)) for place in range(many)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.seconds = time.perf_counter() - began
    return run
