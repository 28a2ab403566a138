"""The two doors of a simulated day: the API over HTTP, or the actions under a set clock."""

import uuid
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.web.refused import Refused
from onewindow.catalogue.queries import service_by_code
from onewindow.floor.queries import window_by_label
from onewindow.floor.states import PauseReason
from onewindow.tickets import actions, queries
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel, Outcome, Priority


class NotDone(Exception):
    """The hall refused, or could not be reached."""


@dataclass(frozen=True)
class Seen:
    """A ticket as the simulation sees it."""

    id: int
    number: str
    visit: int
    service: str


class Port(Protocol):
    """What simulated people can do. Each may raise NotDone."""

    def take(self, service: str, **more: Any) -> Seen:
        """Take a number."""

    def call_next(self, window: str) -> Seen | None:
        """Call the next visitor at a window."""

    def ticket(self, verb: str, ticket: int, **more: Any) -> None:
        """Do something with a ticket: start, finish, recall, miss, park, resume, leave ..."""

    def window(self, verb: str, window: str, **more: Any) -> None:
        """Open, pause or close a window."""


class ApiPort:
    """The API of a running hall."""

    def __init__(self, url: str, hall: str, key: str) -> None:
        self.hall = f"/api/v1/halls/{hall}"
        self.http = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=10
        )

    def get(self, path: str) -> Any:
        """Return what the API says at an address below the hall's."""
        return self._ask("GET", f"{self.hall}{path}")

    def take(self, service: str, **more: Any) -> Seen:
        return _seen(self._ask("POST", f"{self.hall}/tickets", {"service": service, **more}))

    def call_next(self, window: str) -> Seen | None:
        found = self._ask("POST", f"{self.hall}/windows/{window}/call-next")
        return _seen(found) if found else None

    def ticket(self, verb: str, ticket: int, **more: Any) -> None:
        self._ask("POST", f"/api/v1/tickets/{ticket}/{verb}", more or None)

    def window(self, verb: str, window: str, **more: Any) -> None:
        self._ask("POST", f"{self.hall}/windows/{window}/{verb}", more)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
        try:
            answer = self.http.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as fault:
            raise NotDone(f"{type(fault).__name__} at {path}") from fault
        if answer.status_code >= 400:
            raise NotDone(_refusal(answer))
        return answer.json() if answer.content else None


def _refusal(answer: httpx.Response) -> str:
    """Return what a refusal says, the same for every ticket; of a wrong shape also the field."""
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return f"{answer.status_code} {answer.text[:200]}"
    said = answer.json()
    faults = [f"{one['field']}: {one['problem']}" for one in said.get("errors", ())]
    return " ".join([str(answer.status_code), said["title"], *faults])


def _seen(found: dict[str, Any]) -> Seen:
    return Seen(found["id"], found["number"], found["visit"], found["service"])


class ActionPort:
    """The actions themselves, for a past day under a set clock."""

    def __init__(self, hall: Hall, by: By) -> None:
        self.hall, self.by = hall, by
        self.people = {user.staff_number: user for user in User.objects.all()}

    def take(self, service: str, **more: Any) -> Seen:
        visit = queries.visit_of(self.hall, more["visit"]) if "visit" in more else None
        return self._done(
            actions.take,
            hall=self.hall,
            service=service_by_code(self.hall, service),
            channel=Channel(more.get("channel", "kiosk")),
            priority=Priority(more.get("priority", "p4")),
            needs=more.get("needs", ()),
            visit=visit,
        )

    def call_next(self, window: str) -> Seen | None:
        found = self._try(actions.call_next, window=window_by_label(self.hall, window))
        return seen_of(found) if found else None

    def ticket(self, verb: str, ticket: int, **more: Any) -> None:
        found = queries.ticket_of(self.hall, ticket)
        if "outcome" in more:
            more["outcome"] = Outcome(more["outcome"])
        if isinstance(more.get("window"), str):
            more["window"] = window_by_label(self.hall, more["window"])
        if isinstance(more.get("service"), str):
            more["service"] = service_by_code(self.hall, more["service"])
        self._try(getattr(actions, verb.replace("-", "_")), ticket=found, **more)

    def window(self, verb: str, window: str, **more: Any) -> None:
        found = window_by_label(self.hall, window)
        if verb == "open":
            self._try(
                actions.open_window, window=found, user=self.people.get(more.get("staff", ""))
            )
        elif verb == "pause":
            self._try(actions.pause_window, window=found, reason=PauseReason(more["reason"]))
        else:
            self._try(actions.close_window, window=found)

    def _done(self, verb: Any, **words: Any) -> Seen:
        return seen_of(self._try(verb, **words))

    def _try(self, verb: Any, **words: Any) -> Any:
        try:
            return verb(by=self.by, **words)
        except Refused as no:
            raise NotDone(str(no)) from no


def seen_of(ticket: Ticket) -> Seen:
    """Return a ticket as the simulation sees it."""
    return Seen(ticket.pk, ticket.number, ticket.visit_id, ticket.service.code)
