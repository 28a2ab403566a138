"""The shapes of the floor's API, for validation and for its description (OpenAPI)."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, StringConstraints

from onewindow.catalogue.states import Depth
from onewindow.floor.states import SessionState

KEEPABLE = r"^[^\x00]*$"  # PostgreSQL keeps no text with a NUL in it
StaffNumber = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=KEEPABLE)]
Reason = Annotated[str, StringConstraints(max_length=60, pattern=KEEPABLE)]


class Problem(Schema):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int


class WindowIn(Schema):
    """Opening or pausing a window: who stands there; why it pauses, and until when."""

    model_config = ConfigDict(extra="forbid")

    staff: StaffNumber | None = None
    reason: Reason = ""
    until: AwareDatetime | None = None


class WindowOut(Schema):
    """A window and what it serves: the codes of services, first choices first."""

    label: str
    state: SessionState
    services: list[str]


class SessionOut(WindowOut):
    """A window with who stands there, and until when it pauses."""

    staff: str | None
    until: datetime | None


class ServiceOut(Schema):
    """A service in one line."""

    code: str
    name: str
    group: str
    depth: Depth


class HallOut(Schema):
    """A hall: what it offers and at which windows."""

    slug: str
    name: str
    timezone: str
    open: bool
    services: list[ServiceOut]
    windows: list[WindowOut]
