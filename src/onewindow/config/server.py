"""How the web server is started: Granian, with the numbers that open screens need."""

from pathlib import Path

from django.conf import settings

APPLICATION = "onewindow.config.wsgi:application"
WORKING_THREADS = 100
WAITING_REQUESTS = 1_000
STOP_SECONDS = 2  # then a process that has not ended is killed


def granian_arguments(
    host: str,
    port: int,
    processes: int = 1,
    *,
    streams: int | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
) -> list[str]:
    """Return the words after ``python -m granian`` that serve the web.

    Each stream holds a thread for as long as its screen is open, and all screens may ask for a
    panel in one moment: the askers wait in ``wsgi.py``, so that a write finds a thread at once.
    With the server's own numbers 512 screens stop the site.
    """
    screens = settings.STREAMS if streams is None else streams
    arguments = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": processes,
        "--runtime-mode": "mt",
        "--runtime-threads": 1,
        "--blocking-threads": 2 * screens + WORKING_THREADS,
        "--backpressure": screens + WAITING_REQUESTS,
        "--backlog": 2_048,
        "--workers-kill-timeout": STOP_SECONDS,
        "--log-level": "error",  # it warns of the threads that we want
    }
    if certificate and key:
        arguments |= {"--ssl-certificate": certificate, "--ssl-keyfile": key}
    words = [str(part) for pair in arguments.items() for part in pair]
    return [*words, "--no-ws", "--respawn-failed-workers", "--respawn-interval", "0.5", APPLICATION]
