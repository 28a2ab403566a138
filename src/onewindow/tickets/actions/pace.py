"""Learning how long services take: from the finished tickets of the last fourteen days."""

from datetime import timedelta
from statistics import mean

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.tickets import rules
from onewindow.tickets.models import Pace, Ticket
from onewindow.tickets.states import State

DAYS = 14
AT_MOST = 20_000  # newest finished tickets that are looked at
SHORTEST_S = 20  # a shorter "service" is a mistaken key


def learn_all() -> None:
    """Learn the paces of every hall."""
    for hall in Hall.objects.filter(archived_at=None):
        learn(hall)


@action
def learn(hall: Hall) -> None:
    """Keep P50, P80 and mean of each service, drawn to the hall's own when cases are few."""
    now = clocks.now()
    done = Ticket.objects.filter(
        hall=hall,
        state=State.DONE,
        ended_at__gte=now - timedelta(days=DAYS),
        service_s__gte=SHORTEST_S,
    ).order_by("-ended_at")
    per_service: dict[int, list[int]] = {}
    for service_id, served_s, files in done.values_list("service_id", "service_s", "files")[
        :AT_MOST
    ]:
        per_service.setdefault(service_id, []).append(served_s // max(1, files))
    everything = sorted(s for times in per_service.values() for s in times)
    rows = [
        _pace(hall, service_id, sorted(times), everything)
        for service_id, times in per_service.items()
    ]
    Pace.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["p50_s", "p80_s", "mean_s", "learnt_from", "at"],
    )


def _pace(hall: Hall, service_id: int, times: list[int], everything: list[int]) -> Pace:
    many = len(times)
    return Pace(
        hall=hall,
        service_id=service_id,
        p50_s=rules.shrunk(rules.quantile(times, 0.5), many, rules.quantile(everything, 0.5)),
        p80_s=rules.shrunk(rules.quantile(times, 0.8), many, rules.quantile(everything, 0.8)),
        mean_s=rules.shrunk(mean(times), many, mean(everything)),
        learnt_from=many,
        at=clocks.now(),
    )
