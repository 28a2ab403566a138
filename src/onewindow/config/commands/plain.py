"""The door without encryption, where there is one with it: it leads there, and hands out the
authority that screens and phones need first. `onewindow up --https-port` runs it."""

import argparse
import re
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application

from onewindow.config.commands.web import port_is_free

OPEN = ("/authority/", "/static/", "/health")
HOST = re.compile(r"(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+)(:\d+)?")
StartResponse = Callable[..., Any]


class Server(ThreadingMixIn, WSGIServer):
    """Few come here, once each: a thread for each."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """Says nothing of requests, and waits for nobody who says nothing."""

    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name it has there
        """Requests are not logged."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and where to lead."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--to", type=int, required=True, help="port of the door with HTTPS")


def run(args: argparse.Namespace) -> int:
    """Lead to HTTPS until told to end."""
    port_is_free(args.host, args.port)
    app = Plain(args.to)
    with make_server(args.host, args.port, app, Server, Handler) as server:
        server.serve_forever()
    return 0


class Plain:
    """A page or two of our own; everything else is at the other port."""

    def __init__(self, to: int) -> None:
        self.to, self.inner = to, get_wsgi_application()

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(OPEN):
            return self.inner(environ, start)
        host = HOST.fullmatch(environ.get("HTTP_HOST", ""))
        if host is None:
            start("400 Bad Request", [("Content-Length", "0")])
            return [b""]
        query = environ.get("QUERY_STRING", "")
        where = f"https://{host[1]}:{self.to}{quote(path.encode('latin-1'))}"
        location = f"{where}?{quote(query, safe='=&%+;:,/?@')}" if query else where
        start("308 Permanent Redirect", [("Location", location), ("Content-Length", "0")])
        return [b""]
