"""Days that are over: one lived through by the real actions, others copied from it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db import transaction

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.simulator.engine import Engine
from onewindow.tickets import rules
from onewindow.tickets.actions.sweep import run as sweep
from onewindow.tickets.models import Ticket, Visit, new_token

AT_ONCE = 40  # events in one transaction: nobody else is in the hall while its past is made
SHUFFLE_S = 1500
SWEEP_S = 180
Said = Callable[[float], None]


def live_through(engine: Engine, until: float, said: Said = lambda _share: None) -> None:
    """Run the engine's events up to ``until`` (seconds since the epoch) under a set clock."""
    first = swept = engine.next_at or until
    while (at := engine.next_at) is not None and at <= until:
        with transaction.atomic():
            for _ in range(AT_ONCE):
                at = engine.next_at
                if at is None or at > until:
                    break
                with clocks.at(datetime.fromtimestamp(at, UTC)):
                    engine.step()
                    swept = _sweep_if_due(at, swept)
        said(min(1.0, ((engine.next_at or until) - first) / max(1.0, until - first)))


def _sweep_if_due(at: float, swept: float) -> float:
    """Do what the clock's sweep does in a running hall; return when it was done last."""
    if at - swept < SWEEP_S:
        return swept
    sweep()
    return at


@action
def copy_day(hall: Hall, source: date, target: date, rng: Random) -> int:
    """Copy a finished day to an earlier one, with shuffled times and new numbers.

    Rows only, no trail: it is furniture of the demonstration. Return how many tickets were made.
    """
    tickets: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in Ticket.objects.filter(hall=hall, day=source).exclude(ended_at=None):
        tickets[ticket.visit_id].append(ticket)
    visits = list(Visit.objects.filter(hall=hall, day=source, pk__in=tickets))
    kept = rng.sample(visits, round(len(visits) * rng.uniform(0.85, 1.0)))
    moved = [(visit, _shift(source, target, rng)) for visit in kept]
    moved.sort(key=lambda pair: pair[0].joined_at + pair[1])
    counters: dict[str, int] = defaultdict(int)
    made: list[tuple[int, Visit, timedelta]] = []
    for visit, shift in moved:
        counters[visit.series] += 1
        made.append((visit.pk, _visit(visit, target, shift, counters[visit.series]), shift))
    Visit.objects.bulk_create([visit for _, visit, _ in made], batch_size=200)
    rows = [
        _ticket(ticket, visit, shift, rng)
        for source_id, visit, shift in made
        for ticket in tickets[source_id]
    ]
    Ticket.objects.bulk_create(rows, batch_size=100)
    return len(rows)


def _shift(source: date, target: date, rng: Random) -> timedelta:
    return (target - source) + timedelta(seconds=rng.uniform(-SHUFFLE_S, SHUFFLE_S))


def _visit(visit: Visit, day: date, shift: timedelta, sequence: int) -> Visit:
    return Visit(
        hall_id=visit.hall_id,
        day=day,
        series=visit.series,
        sequence=sequence,
        number=rules.number_text(visit.series, sequence),
        token=new_token(),
        channel=visit.channel,
        priority=visit.priority,
        needs=visit.needs,
        joined_at=visit.joined_at + shift,
    )


def _ticket(ticket: Ticket, visit: Visit, shift: timedelta, rng: Random) -> Ticket:
    served = round(ticket.service_s * rng.uniform(0.75, 1.3))
    longer = shift + timedelta(seconds=served - ticket.service_s)
    return Ticket(
        hall_id=ticket.hall_id,
        visit=visit,
        service_id=ticket.service_id,
        day=visit.day,
        state=ticket.state,
        window_id=ticket.window_id,
        user_id=ticket.user_id,
        outcome=ticket.outcome,
        given=ticket.given,
        files=ticket.files,
        credit_s=ticket.credit_s,
        misses=ticket.misses,
        recalls=ticket.recalls,
        due=ticket.due + shift,
        joined_at=ticket.joined_at + shift,
        called_at=ticket.called_at and ticket.called_at + shift,
        started_at=ticket.started_at and ticket.started_at + shift,
        ended_at=ticket.ended_at and ticket.ended_at + longer,
        changed_at=ticket.changed_at + longer,
        waiting_s=ticket.waiting_s,
        walking_s=ticket.walking_s,
        parked_s=ticket.parked_s,
        service_s=served,
        foreseen_s=ticket.foreseen_s,
        told_p50_s=ticket.told_p50_s,
        told_p80_s=ticket.told_p80_s,
        late_s=ticket.late_s,
    )
