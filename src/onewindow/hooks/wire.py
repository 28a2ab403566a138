"""``post``: one request to somebody else's address, five seconds at most.

The name is resolved here, each address it has is looked at, and the connection goes to the very
address that was looked at: a name that says something else a moment later changes nothing. No
redirect is followed and no proxy of the environment is asked.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore
from django.conf import settings

from onewindow.hooks.rules import may_connect, target

SECONDS = 5.0
READ_AT_MOST = 2_000  # bytes of the answer
SHOWN = 200  # characters of it


@dataclass(frozen=True)
class Answer:
    """What came back: an HTTP status, or none and the reason; the beginning of what was said."""

    status: int | None
    said: str

    @property
    def is_taken(self) -> bool:
        """Whether the target took it: 2xx and nothing else."""
        return self.status is not None and 200 <= self.status < 300


class Forbidden(httpcore.ConnectError):
    """The name leads to an address that nothing is sent to."""


def post(url: str, body: str, headers: dict[str, str]) -> Answer:
    """Send it and return what came back; never raises for what the other side does."""
    parts = target(url)
    if parts is None:
        return Answer(None, "no address")
    until = time.monotonic() + SECONDS
    try:
        with httpcore.ConnectionPool(
            ssl_context=_trust(), network_backend=Looking(until), retries=0
        ) as pool:
            return _ask(pool, url, body, headers)
    except Forbidden:
        return Answer(None, "forbidden address")
    except httpcore.TimeoutException:
        return Answer(None, f"no answer within {SECONDS:g} s")
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as gone:
        return Answer(None, _plain(f"{type(gone).__name__} {gone}"))


def _ask(pool: httpcore.ConnectionPool, url: str, body: str, headers: dict[str, str]) -> Answer:
    content = body.encode()
    sent = [
        ("Host", urlsplit(url).netloc),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Content-Length", str(len(content))),
        *headers.items(),
    ]
    with pool.stream("POST", url, headers=sent, content=content) as answer:
        return Answer(answer.status, _plain(_beginning(answer.iter_stream())))


def _beginning(chunks: Iterable[bytes]) -> str:
    read = b""
    for chunk in chunks:
        read += chunk
        if len(read) >= READ_AT_MOST:
            break
    return read[:READ_AT_MOST].decode(errors="replace")


def _plain(text: str) -> str:
    """Put foreign words on one line that a database and a page can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:SHOWN]


@cache
def _trust() -> ssl.SSLContext:
    """Return the authorities of this machine, to which a hall may have added its own."""
    return ssl.create_default_context()


class Looking(httpcore.NetworkBackend):
    """Connects only to addresses that were looked at, and to nobody longer than ``until``."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve a name and connect to what it says now."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if not all(may_connect(one, private=settings.HOOKS_PRIVATE) for one in addresses):
            raise Forbidden
        failed: Exception = httpcore.ConnectError("no address")
        for address in addresses[:2]:  # of each kind one
            try:
                left = _left(self._until)
                stream = self._backend.connect_tcp(address, port, left, local_address)
                return Hurried(stream, self._until)
            except httpcore.ConnectError as gone:
                failed = gone
        raise failed


class Hurried(httpcore.NetworkStream):
    """A connection whose every step ends at the same moment: a target that drips does not hold."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._until)
        return Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
