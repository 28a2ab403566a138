"""The shapes of the ticket API, for validation and for its description (OpenAPI)."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints

from onewindow.base.halls.text import tag
from onewindow.floor.schemas import KEEPABLE
from onewindow.tickets.states import Channel, Need, Outcome, OutOfOrder, Priority, TransferTo

Code = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=KEEPABLE)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=8, pattern=KEEPABLE)]
Words = Annotated[str, StringConstraints(max_length=200, pattern=KEEPABLE)]
Name = Annotated[str, StringConstraints(max_length=60, pattern=KEEPABLE)]
Language = Annotated[
    str,
    StringConstraints(max_length=12, pattern=r"^((en|zh)(-[A-Za-z0-9]+)*)?$"),
    AfterValidator(lambda code: tag(code) if code else ""),
]
Phone = Annotated[str, StringConstraints(max_length=20, pattern=r"^(\+?[0-9]([ -]?[0-9]){2,})?$")]


class Strict(Schema):
    """A body with a name too many is refused rather than half understood."""

    model_config = ConfigDict(extra="forbid")


class TakeIn(Strict):
    """Taking a number; with ``visit`` another service for a visit that is there."""

    service: Code
    channel: Channel = Channel.API
    priority: Priority = Priority.P4
    needs: list[Need] = Field(default=[], max_length=6)
    answers: dict[Code, bool] = Field(default={}, max_length=20)
    phone: Phone = ""
    language: Language = ""
    visit: int | None = Field(default=None, ge=1, lt=2**63)
    appointment: Annotated[str, StringConstraints(max_length=20, pattern=KEEPABLE)] = ""


class CallIn(Strict):
    """Calling a given ticket: its id or its number of today, and why."""

    ticket: int | Label = Field(union_mode="left_to_right")
    reason: OutOfOrder | None = None
    ordered_by: Name = ""


class BookIn(Strict):
    """An appointment: a time of ``slots``, and the phone number it belongs to."""

    service: Code
    starts_at: AwareDatetime
    phone: Annotated[Phone, StringConstraints(min_length=1)]
    name: Name = ""
    language: Language = ""
    answers: dict[Code, bool] = Field(default={}, max_length=20)


class WalkInIn(Strict):
    """Serving someone without a number."""

    service: Code


class FinishIn(Strict):
    """How the service ended."""

    outcome: Outcome = Outcome.DONE
    services: list[Code] = Field(default=[], max_length=20)
    files: int = Field(default=1, ge=1, le=500)
    note: Words = ""


class ResumeIn(Strict):
    """At which window; by default the one that set the visitor aside."""

    window: Label | None = None


class TransferIn(Strict):
    """To a service, a window, or both."""

    service: Code | None = None
    window: Label | None = None
    place: TransferTo = TransferTo.AGE
    come_back: bool = Field(default=False, alias="return")


class Wait(Schema):
    """A wait as a range, in seconds."""

    p50_s: int
    p80_s: int


class TicketOut(Schema):
    """A ticket."""

    id: int
    number: str
    token: str
    visit: int
    state: str
    service: str
    window: str | None
    priority: str
    needs: list[str]
    channel: str
    files: int
    outcome: str | None
    joined_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    ahead: int | None
    wait: Wait | None


class SlotOut(Schema):
    """A time, and how many may still book it."""

    starts_at: datetime
    free: int


class SlotsOut(Schema):
    """The times of a day, earliest first."""

    items: list[SlotOut]


class AppointmentOut(Schema):
    """An appointment; ``code`` checks in, ``token`` opens the visitor's own page."""

    code: str
    token: str
    state: str
    service: str
    starts_at: datetime


class TicketsOut(Schema):
    """A page of tickets; ``next`` is the number of the page after it."""

    items: list[TicketOut]
    next: int | None


class EstimateOut(Wait):
    """A service's queue."""

    waiting: int


class QueueOut(Schema):
    """The queue of a hall at a glance."""

    waiting: list[TicketOut]
    called: list[TicketOut]
    serving: list[TicketOut]
    windows: list[dict[str, Any]]
    estimates: dict[str, EstimateOut]
