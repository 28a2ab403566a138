"""Screens at which nobody sits: what goes wrong on one, it must get over by itself."""

import re

HOMES = re.compile(r"/[kdwpc]/[^/]+/")


def home_of(path: str) -> str:
    """Return the first page of the kiosk or display that asked for this address, else ""."""
    found = HOMES.match(path)
    return found[0] if found else ""
