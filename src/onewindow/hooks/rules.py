"""Decisions about deliveries: pauses, signatures, and to whom nothing is sent."""

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from onewindow.hooks.policy import HookPolicy

LEASE = timedelta(minutes=1)  # who began to send has so long before another may
NEVER = tuple(  # what gives a machine its identity, under names that look like any other
    ip_network(one)
    for one in (
        "169.254.0.0/16",
        "100.100.100.200/32",
        "168.63.129.16/32",
        "fe80::/10",
        "fd00:ec2::254/128",
    )
)
WRAPPED = tuple(  # addresses of the old internet inside the new: whom they lead to is not told
    ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


def pause(failures: int, policy: HookPolicy) -> timedelta:
    """Return how long to wait after so many failures; the last pause stands for all later ones."""
    steps = policy.pauses_min
    return timedelta(minutes=steps[min(max(failures, 1), len(steps)) - 1])


def signature(secret: str, seconds: int, body: str) -> str:
    """Return what stands in the header: the moment, and the HMAC-SHA-256 over it and the body."""
    signed = f"{seconds}.{body}".encode()
    return f"t={seconds},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def may_connect(address: str, *, private: bool) -> bool:
    """Say whether we may send to this address; ``private`` allows the hall's own network."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_multicast or found.is_unspecified or _is_in(found, NEVER + WRAPPED):
        return False
    return found.is_global or (private and (found.is_private or found.is_loopback))


def _is_in(address: IPv4Address | IPv6Address, networks: tuple[object, ...]) -> bool:
    return any(address in network for network in networks)  # type: ignore[operator]  # a network


def target(url: str) -> SplitResult | None:
    """Return an address that can be sent to, in its parts; None for what is none."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if known and not parts.username and not parts.fragment else None


def is_over(made_at: datetime, now: datetime, policy: HookPolicy) -> bool:
    """Say whether a delivery has had its time."""
    return now - made_at >= timedelta(hours=policy.give_up_after_h)
