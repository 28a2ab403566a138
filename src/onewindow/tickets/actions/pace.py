"""Learning how long services take: from the finished tickets of the last fourteen days."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import mean

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.tickets import rules, wait_rules
from onewindow.tickets.models import Pace, Ticket, WaitCurve
from onewindow.tickets.states import State
from onewindow.tickets.wait_rules import Hold

DAYS = 14
AT_MOST = 20_000  # newest finished tickets that are looked at
SHORTEST_S = 20  # a shorter "service" is a mistaken key
LEARNT_FROM = (
    "service_id",
    "window_id",
    "joined_at",
    "called_at",
    "ended_at",
    "walking_s",
    "service_s",
    "files",
    "foreseen_s",
    "told_p80_s",
    "late_s",
)


def learn_all() -> None:
    """Learn the paces of every hall."""
    for hall in Hall.objects.filter(archived_at=None):
        learn(hall)


@action
def learn(hall: Hall) -> None:
    """Keep how long each service takes, drawn to the hall's own when cases are few; how long its
    visitors keep a window; and what became of the waits that were foreseen.
    """
    now = clocks.now()
    done = list(
        Ticket.objects.filter(
            hall=hall,
            state=State.DONE,
            back_filled=False,
            ended_at__gte=now - timedelta(days=DAYS),
            service_s__gte=SHORTEST_S,
        )
        .order_by("-ended_at")
        .only(*LEARNT_FROM)[:AT_MOST]
    )
    _keep_paces(hall, now, done)
    waits = [
        (one.foreseen_s, one.told_p80_s + one.late_s)
        for one in done
        if one.foreseen_s is not None and one.told_p80_s is not None and one.late_s is not None
    ]
    knots = {"knots": wait_rules.learn_curve(waits).knots, "at": now}
    WaitCurve.objects.update_or_create(hall=hall, defaults=knots)


def _keep_paces(hall: Hall, now: datetime, done: list[Ticket]) -> None:
    per_service: dict[int, list[int]] = {}
    for one in done:
        per_service.setdefault(one.service_id, []).append(one.service_s // max(1, one.files))
    everything = sorted(s for times in per_service.values() for s in times)
    holds = wait_rules.learn(_visits(done), now.timestamp())
    rows = [
        _pace(hall, service_id, sorted(times), everything, holds.get(service_id))
        for service_id, times in per_service.items()
    ]
    Pace.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=[
            "p50_s",
            "p80_s",
            "mean_s",
            "held_s",
            "held_spread",
            "learnt_from",
            "at",
        ],
    )


def _visits(done: list[Ticket]) -> Iterator[wait_rules.Served]:
    for one in done:
        if one.called_at and one.ended_at and one.window_id:  # a walk-in was never called
            yield wait_rules.Served(
                one.service_id,
                one.window_id,
                one.joined_at.timestamp(),
                one.called_at.timestamp(),
                one.ended_at.timestamp(),
                one.walking_s + one.service_s,
            )


def _pace(
    hall: Hall, service_id: int, times: list[int], everything: list[int], hold: Hold | None
) -> Pace:
    many = len(times)
    return Pace(
        hall=hall,
        service_id=service_id,
        p50_s=rules.shrunk(rules.quantile(times, 0.5), many, rules.quantile(everything, 0.5)),
        p80_s=rules.shrunk(rules.quantile(times, 0.8), many, rules.quantile(everything, 0.8)),
        mean_s=rules.shrunk(mean(times), many, mean(everything)),
        held_s=hold.mean_s if hold else None,
        held_spread=hold.spread if hold else None,
        learnt_from=many,
        at=clocks.now(),
    )
