"""What is decided without a database: orders of names, addresses, roles that go together."""

import re
from collections.abc import Set
from enum import Enum
from ipaddress import ip_address

from onewindow.accounts.states import ADMINISTRATORS, Role

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


class Apart(Enum):
    """Why two roles do not go together."""

    AUDIT = "audit"  # it watches over the other two
    SIZE = "size"  # so many people can be two


def apart(wanted: Role, held: Set[Role], *, small: bool) -> Apart | None:
    """Say why a role of an administrator does not go with those held; None when it does.

    三员分立: audit is always alone; in a ``small`` organisation the other two may be one person.
    """
    others = (held & ADMINISTRATORS) - {wanted}
    if not others or wanted not in ADMINISTRATORS:
        return None
    if Role.AUDIT_ADMINISTRATOR in others | {wanted}:
        return Apart.AUDIT
    return None if small else Apart.SIZE
