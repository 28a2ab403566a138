"""The web server alone: for a service of its own where `onewindow up` is not wanted."""

import argparse
import socket

from onewindow.base.vault.certificates import files_of
from onewindow.config.commands import Sorry
from onewindow.config.server import serve

NO_CERTIFICATE = "there is no certificate yet. Make one with: onewindow cert"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="web processes (%(default)s)")
    parser.add_argument("--https", action="store_true", help="with the certificate of `cert`")


def run(args: argparse.Namespace) -> int:
    """Serve until told to end."""
    if args.processes < 1:
        raise Sorry("--processes must be at least 1.", code=2)
    port_is_free(args.host, args.port)
    if args.https and not files_of().exist:
        raise Sorry(NO_CERTIFICATE)
    serve(args.host, args.port, args.processes, https=args.https)
    return 0


def port_is_free(host: str, port: int) -> None:
    """Say in a sentence that somebody else listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as no:
            reason = no.strerror if isinstance(no, OSError) and no.strerror else str(no)
            raise Sorry(
                f"cannot listen on {host}:{port} ({reason}). Choose another with --host or --port."
            ) from no
