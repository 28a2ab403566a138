"""How the web server is started: Granian, with the numbers that open screens need."""

import gc
import multiprocessing
from collections import deque
from importlib import import_module

from django.conf import settings
from granian.constants import Interfaces, RuntimeModes
from granian.log import LogLevels
from granian.server import MPServer

from onewindow.base.vault.certificates import Files, files_of

APPLICATION = "onewindow.config.wsgi:application"
WORKING_THREADS = 100
WAITING_REQUESTS = 1_000
STOP_SECONDS = 2  # then a process that has not ended is killed
STARTS, WITHIN_SECONDS = 5, 5.0
LONG_AGO = float("-inf")


class Forbearing(dict[int, float]):
    """When each process was started again, as Granian is to see it.

    Granian ends all processes when one dies within seconds of being started again. Where the
    machine kills processes the hall would be away just then, so only what had to be started five
    times in five seconds counts as past help; ``up`` then begins anew, after a pause.
    """

    def __init__(self) -> None:
        super().__init__()
        self._starts: dict[int, deque[float]] = {}  # outlives ``clear``

    def __setitem__(self, process: int, started: float) -> None:
        starts = self._starts.setdefault(process, deque(maxlen=STARTS))
        starts.append(started)
        past_help = len(starts) == STARTS and started - starts[0] < WITHIN_SECONDS
        super().__setitem__(process, started if past_help else LONG_AGO)


def serve(host: str, port: int, processes: int = 1, *, https: bool = False) -> None:
    """Serve the web until SIGTERM, with the hall's certificate where ``https`` is asked for.

    Everything is loaded once, here, and each process is a fork: one that dies is back within
    a fraction of a second. What runs threads or holds connections begins in the fork (``wsgi.py``).
    """
    import_module(settings.ROOT_URLCONF)
    gc.freeze()
    multiprocessing.set_start_method("fork")
    _server(host, port, processes, files_of() if https else None).serve()


def _server(host: str, port: int, processes: int, tls: Files | None) -> MPServer:
    """Make the server. Each stream holds a thread for as long as its screen is open, and all
    screens may ask for a panel in one moment: the askers wait in ``wsgi.py``, so that a write
    finds a thread at once. With the server's own numbers 512 screens stop the site."""
    server = MPServer(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        runtime_mode=RuntimeModes.mt,
        runtime_threads=1,
        blocking_threads=2 * settings.STREAMS + WORKING_THREADS,
        backpressure=settings.STREAMS + WAITING_REQUESTS,
        backlog=2_048,
        websockets=False,
        ssl_cert=tls.server if tls else None,
        ssl_key=tls.server_key if tls else None,
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.error,  # it warns of the threads that we want
    )
    server.respawned_wrks = Forbearing()
    return server
