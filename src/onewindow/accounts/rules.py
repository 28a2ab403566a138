"""How people order what has a number in its name."""

import re

Key = list[tuple[int, str]]


def natural(name: str) -> Key:
    """Return what to sort a name by: Window 2 stands before Window 10."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", name.casefold())
    return [(int(number or 0), words) for number, words in parts]
