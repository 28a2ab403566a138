"""How people order what has a number in its name, and what can be the address of a printer."""

import re
from ipaddress import ip_address

HOST = re.compile(r"(?=.{1,253}\Z)(?!-)[0-9A-Za-z-]{1,63}(?:\.(?!-)[0-9A-Za-z-]{1,63})*")

Key = list[tuple[int, str]]


def natural(name: str) -> Key:
    """Return what to sort a name by: Window 2 stands before Window 10."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", name.casefold())
    return [(int(number or 0), words) for number, words in parts]


def is_reachable(host: str) -> bool:
    """Say whether a name or an address can be a printer's: the hall's own network is right."""
    try:
        address = ip_address(host)
    except ValueError:
        return bool(HOST.fullmatch(host)) and not re.fullmatch(r"[0-9.]+", host)
    return not (address.is_multicast or address.is_unspecified or address.is_reserved)
