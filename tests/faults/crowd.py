"""A process of a crowd: takes numbers, alone and as families, and calls at any window.

``python -m tests.faults.crowd HALL SEED ROUNDS`` prints what it took and called as JSON.
"""

import json
import os
import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from django.db import OperationalError

THREADS = 3


def main(slug: str, seed: str, rounds: str) -> None:
    """Run some threads, and print what they did."""
    with ThreadPoolExecutor(THREADS) as pool:
        done = [pool.submit(live, slug, f"{seed}.{n}", int(rounds)) for n in range(THREADS)]
        found = [one.result() for one in done]
    taken = [number for one, _ in found for number in one]
    called = [pk for _, one in found for pk in one]
    sys.stdout.write(json.dumps({"taken": taken, "called": called}))


def live(slug: str, seed: str, rounds: int) -> tuple[list[str], list[int]]:
    """Take and call for a while."""
    from onewindow.base.halls.models import Hall  # noqa: PLC0415 (after Django is set up)
    from onewindow.base.trail import By  # noqa: PLC0415
    from onewindow.base.web.refused import Refused  # noqa: PLC0415
    from onewindow.tickets import actions  # noqa: PLC0415
    from onewindow.tickets.states import Channel  # noqa: PLC0415

    dice, by = random.Random(seed), By("key", 1, "crowd", "api")  # noqa: S311 (dice, no secret)
    hall = Hall.objects.get(slug=slug)
    services, windows = list(hall.services.all()), list(hall.windows.all())
    taken: list[str] = []
    called: list[int] = []
    for turn in range(rounds):
        first, other = dice.sample(services, 2)
        ticket = again(actions.take, hall=hall, service=first, by=by, channel=Channel.KIOSK)
        taken.append(ticket.number)
        if turn % 3 == 0:
            more = {"service": other, "visit": ticket.visit, "channel": Channel.KIOSK}
            again(actions.take, hall=hall, by=by, **more)
        try:
            mine = again(actions.call_next, window=dice.choice(windows), by=by)
        except Refused:  # somebody else has called there
            continue
        if mine:
            called.append(mine.pk)
            again(actions.start, ticket=mine, by=by)
            again(actions.finish, ticket=mine, by=by)
    return taken, called


def again(verb: Callable[..., Any], **given: Any) -> Any:
    """Do it; where the database says 503 on a busy machine, try again as a client would.

    How long a turn to write takes is for the benchmarks; here only what is right counts.
    """
    for _ in range(4):
        try:
            return verb(**given)
        except OperationalError:
            continue
    return verb(**given)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "onewindow.config.settings"
    django.setup()
    main(*sys.argv[1:])
