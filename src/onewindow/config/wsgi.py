"""The door for the web server.

Eight pages are read at once and the rest wait in front of the door: five hundred screens that
ask in the same moment are then served one after the other quickly, instead of all together never.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
django_application = get_wsgi_application()

from onewindow.base.live import ending, hearing  # noqa: E402  # after Django is set up
from onewindow.config.door import Door  # noqa: E402

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

WAITS_SECONDS = 20.0
ROUND_OF_GARBAGE = 20_000  # new objects
SWITCH_SECONDS = 0.001  # a write comes back from the disk among threads that read
PASSING = ("/live/", "/static/", "/bundle/", "/health")

_door = Door()

# What was loaded to serve stays for good: looking through it for garbage again and again would
# cost each request a twentieth.
gc.collect()
gc.freeze()
gc.set_threshold(ROUND_OF_GARBAGE)

sys.setswitchinterval(SWITCH_SECONDS)
hearing.start()
ending.watch()


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"].startswith(PASSING):
        return _answer(environ, start_response)
    reads = environ["REQUEST_METHOD"] in ("GET", "HEAD")
    if not _door.enter(reads=reads, timeout=WAITS_SECONDS):
        start_response("503 Service Unavailable", [("Retry-After", "5")])
        return [b""]
    try:
        return _answer(environ, start_response)
    finally:
        _door.leave(reads=reads)


def _answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Run Django; a whole page is finished here, so that its connection is given back at once."""
    response: Any = django_application(environ, start_response)
    if getattr(response, "streaming", True):
        return response  # type: ignore[no-any-return]  # Django's own are untyped here
    body = b"".join(response)
    response.close()
    return [body]
