"""The web server alone: for a service of its own where `onewindow up` is not wanted."""

import argparse
import os
import sys

from onewindow.config.commands import Sorry
from onewindow.config.server import granian_arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="web processes (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Become the web server."""
    if args.processes < 1:
        raise Sorry("--processes must be at least 1.", code=2)
    words = granian_arguments(args.host, args.port, args.processes)
    os.execv(sys.executable, [sys.executable, "-m", "granian", *words])  # noqa: S606  # our own interpreter
