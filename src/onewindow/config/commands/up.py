"""Run everything: the database is brought up to date, then web, worker and clock are kept alive
until Ctrl+C or SIGTERM. Several machines may do so on one PostgreSQL."""

import argparse
import fcntl
import os
import resource
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import create_default_context
from typing import TextIO

from django.conf import settings
from django.core.management import call_command

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.vault import certificates
from onewindow.base.vault.certificates import files_of
from onewindow.config.commands import Sorry, leave, say, warn
from onewindow.config.commands.migrate import migrate
from onewindow.config.commands.web import NO_CERTIFICATE, port_is_free
from onewindow.config.commands.web import add_arguments as add_listening
from onewindow.config.dumps import let_go
from onewindow.config.signals import Stop
from onewindow.config.supervisor import ProcessSpec, Supervisor, onewindow

__all__ = ["add_arguments", "run", "run_up"]

ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # only read
OPEN_FILES = 65_536
LOOKED_AT_S = 3600.0  # how often the certificate is
END_WITHIN = 2.5
READY_WITHIN = 60.0


@dataclass(frozen=True)
class Listening:
    """Where the web listens; with ``https_port`` the hall is there, and ``port`` leads to it."""

    host: str
    port: int
    processes: int = 1
    https_port: int = 0

    @property
    def address(self) -> str:
        """The address that a person can open."""
        if settings.PUBLIC_URL:
            return str(settings.PUBLIC_URL)
        name = socket.gethostname() if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104  # only read
        name = f"[{name}]" if ":" in name else name
        scheme = "https" if self.https_port else "http"
        return f"{scheme}://{name}:{self.https_port or self.port}/"

    def answers(self) -> bool:
        """Whether pages come already: the port is open before the first process can answer."""
        target = ANY_ADDRESS.get(self.host, self.host)
        with suppress(OSError, HTTPException), closing(self._asked(target)) as asked:
            asked.request("GET", "/health")
            return bool(asked.getresponse().status)
        return False

    def _asked(self, target: str) -> HTTPConnection:
        if not self.https_port:
            return HTTPConnection(target, self.port, timeout=1)
        ours = create_default_context(cafile=str(files_of().authority))
        ours.check_hostname = False  # our own certificate, whatever names it is for
        return HTTPSConnection(target, self.https_port, timeout=1, context=ours)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, with and without HTTPS."""
    add_listening(parser)
    given = int(os.environ.get("ONEWINDOW_HTTPS_PORT") or 0)
    text = "listen there with HTTPS (see `onewindow cert`); --port then leads to it"
    parser.add_argument("--https-port", type=int, default=given, metavar="PORT", help=text)


def run(args: argparse.Namespace) -> int:
    """Run until told to end."""
    leave(run_up(Listening(args.host, args.port, args.processes, args.https_port)))


def run_up(
    at: Listening, extra: Sequence[ProcessSpec] = (), dark: Callable[[], bool] = lambda: False
) -> int:
    """Prepare, then keep web, worker, clock and ``extra`` processes alive until SIGTERM.

    While it is ``dark`` none of them lives: the demonstration's power cut.
    """
    stop = Stop(signal.SIGCHLD)
    if at.processes < 1:
        raise Sorry("--processes must be at least 1.", code=2)
    if at.https_port:
        port_is_free(at.host, at.https_port)
        if not files_of().exist:
            raise Sorry(NO_CERTIFICATE)
    port_is_free(at.host, at.port)
    raise_open_files()
    with running():
        prepare()
        return _keep(at, Supervisor([*_specs(at), *extra], stop, dark))


def prepare() -> None:
    """Bring database and static files to this version, and let go of the database."""
    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Hall.objects.exists():
        warn("There is no hall yet. Set one up with: onewindow init")
    let_go()


def _specs(at: Listening) -> list[ProcessSpec]:
    here = ["--host", at.host, "--port"]
    processes = ["--processes", str(at.processes)]
    beside = [ProcessSpec("worker", onewindow("worker")), ProcessSpec("clock", onewindow("clock"))]
    if not at.https_port:
        return [ProcessSpec("web", onewindow("web", *here, str(at.port), *processes)), *beside]
    encrypted = onewindow("web", *here, str(at.https_port), *processes, "--https")
    plain = onewindow("plain", *here, str(at.port), "--to", str(at.https_port))
    env = {"ONEWINDOW_HTTPS": "1"}
    return [ProcessSpec("web", encrypted, env), ProcessSpec("plain", plain, env), *beside]


def _keep(at: Listening, supervisor: Supervisor) -> int:
    """Look after the processes; say once that the pages can be opened."""
    began, ready, looked = time.monotonic(), False, float("-inf")
    while not supervisor.turn(0.1 if not ready else 1.0):
        if at.https_port and time.monotonic() - looked > LOOKED_AT_S:
            looked = time.monotonic()
            _renew(supervisor)
        if not ready and at.answers():
            ready = True
            say(f"OneWindow is open at {at.address}  (Ctrl+C ends it)")
        elif not ready and time.monotonic() - began > READY_WITHIN:
            ready = True
            warn(f"OneWindow does not answer on {at.address} yet; still trying.")
    supervisor.end(END_WITHIN)
    return 0


def _renew(supervisor: Supervisor) -> None:
    """Sign the certificate anew when it soon ends; the web then starts again with it."""
    files = files_of()
    if certificates.renew(files, clocks.now() - clocks.shift()):
        say(f"The certificate was renewed: good until {certificates.ends(files):%Y-%m-%d}.")
        supervisor.restart("web")


def raise_open_files() -> None:
    """Let this process and its children hold a connection for every screen."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def running(*, alone: bool = False) -> TextIO:
    """Hold the data directory: beside others who run, or alone to put other data into it."""
    file = (settings.DATA / "up.lock").open("w")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError as held:
        file.close()
        who = "OneWindow is running" if alone else "A restore is under way"
        raise Sorry(f"{who} on {settings.DATA}: end it first.") from held
    return file
