"""Run everything: the database is brought up to date, then web, worker and clock are kept alive
until Ctrl+C or SIGTERM. Several machines may do so on one PostgreSQL."""

import argparse
import fcntl
import resource
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from typing import TextIO

from django.conf import settings
from django.core.management import call_command

from onewindow.base.halls.models import Hall
from onewindow.config.commands import Sorry, leave, say, warn
from onewindow.config.commands.migrate import migrate
from onewindow.config.commands.web import add_arguments, port_is_free
from onewindow.config.dumps import let_go
from onewindow.config.signals import Stop
from onewindow.config.supervisor import ProcessSpec, Supervisor, onewindow

__all__ = ["add_arguments", "run", "run_up"]

OPEN_FILES = 65_536
END_WITHIN = 2.5
READY_WITHIN = 60.0


def run(args: argparse.Namespace) -> int:
    """Run until told to end."""
    leave(run_up(args.host, args.port, args.processes))


def run_up(host: str, port: int, processes: int, extra: Sequence[ProcessSpec] = ()) -> int:
    """Prepare, then keep web, worker, clock and ``extra`` processes alive until SIGTERM."""
    stop = Stop(signal.SIGCHLD)
    if processes < 1:
        raise Sorry("--processes must be at least 1.", code=2)
    port_is_free(host, port)
    raise_open_files()
    with running():
        prepare()
        return _keep(host, port, Supervisor([*_specs(host, port, processes), *extra], stop))


def prepare() -> None:
    """Bring database and static files to this version, and let go of the database."""
    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Hall.objects.exists():
        warn("There is no hall yet. Set one up with: onewindow init")
    let_go()


def _specs(host: str, port: int, processes: int) -> list[ProcessSpec]:
    listen = ["--host", host, "--port", str(port), "--processes", str(processes)]
    return [
        ProcessSpec("web", onewindow("web", *listen)),
        ProcessSpec("worker", onewindow("worker")),
        ProcessSpec("clock", onewindow("clock")),
    ]


def _keep(host: str, port: int, supervisor: Supervisor) -> int:
    """Look after the processes; say once that the pages can be opened."""
    began, ready = time.monotonic(), False
    while not supervisor.turn(0.1 if not ready else 1.0):
        if not ready and _answers(host, port):
            ready = True
            say(f"OneWindow is open at {address(host, port)}  (Ctrl+C ends it)")
        elif not ready and time.monotonic() - began > READY_WITHIN:
            ready = True
            warn(f"OneWindow does not answer on {address(host, port)} yet; still trying.")
    supervisor.end(END_WITHIN)
    return 0


def address(host: str, port: int) -> str:
    """Return the address that a person can open."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL)
    name = socket.gethostname() if host in ("0.0.0.0", "::", "") else host  # noqa: S104  # only read
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _answers(host: str, port: int) -> bool:
    """Whether pages come already: the port is open before the first process can answer."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # only read
    asked = HTTPConnection(target, port, timeout=1)
    with suppress(OSError, HTTPException), closing(asked):
        asked.request("GET", "/health")
        return bool(asked.getresponse().status)
    return False


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
