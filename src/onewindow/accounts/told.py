"""What was done to a person, in words: lines of a history."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.accounts.queries import names
from onewindow.accounts.states import Role
from onewindow.base.trail.models import Entry

DONE = {
    "user.made": gettext_lazy("made"),
    "user.changed": gettext_lazy("changed"),
    "user.password-set": gettext_lazy("new password"),
    "user.pin-set": gettext_lazy("new PIN"),
    "user.pin-forgotten": gettext_lazy("PIN taken away"),
    "user.badge-set": gettext_lazy("badge for the window PC"),
    "user.badge-taken": gettext_lazy("badge taken away"),
    "user.photo-set": gettext_lazy("photo"),
    "user.photo-taken": gettext_lazy("photo taken away"),
    "user.unlocked": gettext_lazy("opened after failed sign-ins"),
    "user.switched-off": gettext_lazy("switched off"),
    "user.switched-on": gettext_lazy("switched on again"),
    "second-factor.set-up": gettext_lazy("second factor set up"),
    "second-factor.reset": gettext_lazy("second factor taken away"),
    "second-factor.turned-off": gettext_lazy("second factor turned off"),
    "second-factor.codes-renewed": gettext_lazy("new recovery codes"),
    "second-factor.recovery-code-used": gettext_lazy("recovery code used"),
    "role.given": gettext_lazy("role given"),
    "role.taken": gettext_lazy("role taken"),
}


class Line(NamedTuple):
    """One entry of a person's history."""

    at: datetime
    who: str
    did: str
    what: str


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries in words. One statement for the names."""
    found = list(entries)
    people = names(one.by_id for one in found if one.by_kind == "user" and one.by_id)
    return [
        Line(one.at, _who(one, people), str(DONE.get(one.kind, one.kind)), _what(one))
        for one in found
    ]


def _who(entry: Entry, people: dict[int, str]) -> str:
    if entry.by_kind != "user" or entry.by_id is None:
        return _("the installation ({name})").format(name=entry.by_label)
    name = people.get(entry.by_id, "")
    return entry.by_label if name in ("", entry.by_label) else f"{name} ({entry.by_label})"


def _what(entry: Entry) -> str:
    role = entry.data.get("role")
    if role in set(Role):
        return str(Role(role).label)
    if entry.data.get("renamed"):
        return _("another badge name")
    language = entry.data.get("changes", {}).get("language")
    return str(dict(settings.LANGUAGES).get(language[1], _("as the hall"))) if language else ""
