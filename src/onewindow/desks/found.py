"""What a guide looks up: a number, an appointment's code or phone, an address from a scanner."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Condition, Material, Service
from onewindow.catalogue.queries import materials_for, questions_for
from onewindow.tickets.appointments import appointment_by_token, appointments_of
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.queries import find, tickets_of, visit_by_token

NUMBER_AT_MOST = 8
SHOWN = 20
TOKEN = re.compile(r"/(t|a)/([0-9a-f]{32})\b")  # of a phone page, of an appointment's page


@dataclass(frozen=True)
class Found:
    """The tickets and today's appointments that answer what was typed or scanned."""

    tickets: list[Ticket] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tickets or self.appointments)


@dataclass(frozen=True)
class Papers:
    """The papers of a service, given some answers, and the questions with theirs."""

    materials: list[Material]
    answered: dict[str, bool]
    questions: list[tuple[Condition, bool | None]]


def looked_up(hall: Hall, typed: str) -> Found:
    """Return what was meant, of this hall and of today."""
    scanned = TOKEN.search(typed)
    if scanned:
        with suppress(NotFound):
            return _scanned(hall, *scanned.groups())
        return Found()
    if not typed:
        return Found()
    by_number = find(hall, typed)[:SHOWN] if len(typed) <= NUMBER_AT_MOST else ()
    return Found(list(by_number), list(appointments_of(hall, hall.today(), typed[:40])[:SHOWN]))


def papers_of(service: Service, given: Mapping[str, str]) -> Papers:
    """Return the papers of a service; ``given`` says ``q-CODE``: yes or no."""
    asked = questions_for(service)
    said = {one.code: given.get(f"q-{one.code}") for one in asked}
    answers = {code: value == "yes" for code, value in said.items() if value in ("yes", "no")}
    questions = [(one, answers.get(one.code)) for one in asked]
    return Papers(materials_for(service, answers), answers, questions)


def _scanned(hall: Hall, page: str, token: str) -> Found:
    if page == "a":
        return Found(appointments=[appointment_by_token(hall, token)])
    visit = visit_by_token(token)
    if visit.hall_id != hall.pk:
        raise NotFound
    return Found(tickets=tickets_of(visit))
