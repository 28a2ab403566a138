"""Behind a proxy: from where a request really came.

A proxy that is named in ``ONEWINDOW_PROXIES`` is believed what it says of the visitor's address and
of HTTPS. Whoever else says so is not: it would pass by what is counted for each address.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Door = Callable[[HttpRequest], HttpResponse]
SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class Behind:
    """Put the visitor's address where everybody looks for it."""

    def __init__(self, next_door: Door) -> None:
        self.next_door = next_door

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        if not is_proxy(meta.get("REMOTE_ADDR", "")):
            for name in SAID_BY_PROXIES:
                meta.pop(name, None)
        elif "HTTP_X_FORWARDED_FOR" in meta:
            meta["REMOTE_ADDR"] = visitor(meta["HTTP_X_FORWARDED_FOR"], meta["REMOTE_ADDR"])
        return self.next_door(request)


def visitor(said: str, proxy: str) -> str:
    """Return the last address on the way that is no proxy of ours; what it says itself may be made
    up. Where nothing can be read, that of the proxy."""
    for each in reversed(said.split(",")):
        address = each.strip()
        if not _is_address(address):
            return proxy
        if not is_proxy(address):
            return address
        proxy = address
    return proxy


def is_proxy(address: str) -> bool:
    """Say whether a proxy of ours has this address."""
    if not _is_address(address):
        return False
    return any(ip_address(address) in network for network in settings.PROXIES)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
