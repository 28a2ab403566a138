"""Who acts, through which door: one value that fits person, key, device, visitor and job."""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["user", "key", "device", "visitor", "job"]
Via = Literal["page", "api", "job", "device"]


@dataclass(frozen=True)
class By:
    """Who did it. ``label`` is a staff number, a key's prefix or a device's name."""

    kind: Kind
    id: int | None = None
    label: str = ""
    via: Via = "page"
    address: str = ""

    def from_address(self, address: str) -> "By":
        """The same, seen at a network address."""
        return replace(self, address=address)


def job(name: str) -> By:
    """A job of the installation itself."""
    return By(kind="job", label=name, via="job")
