"""Writing aside: the few notes that a page which only reads may leave behind.

Last use of a key, last sign of a device, a look at personal data. A test refuses every other
write of a GET; it lets pass what runs inside ``aside()``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[bool] = ContextVar("aside", default=False)


@contextmanager
def aside() -> Iterator[None]:
    """Mark what is written now as a note beside the page's own queries."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def is_aside() -> bool:
    """Say whether what is written now is such a note."""
    return _open.get()
