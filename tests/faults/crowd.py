"""A process of a crowd: takes numbers, alone and as families, and calls at any window.

``python -m tests.faults.crowd HALL SEED ROUNDS`` prints what it took and called as JSON.
"""

import json
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import django

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
        ticket = actions.take(hall=hall, service=first, by=by, channel=Channel.KIOSK)
        taken.append(ticket.number)
        if turn % 3 == 0:
            visit, channel = ticket.visit, Channel.KIOSK
            actions.take(hall=hall, by=by, service=other, visit=visit, channel=channel)
        try:
            mine = actions.call_next(window=dice.choice(windows), by=by)
        except Refused:  # somebody else has called there
            continue
        if mine:
            called.append(mine.pk)
            actions.start(ticket=mine, by=by)
            actions.finish(ticket=mine, by=by)
    return taken, called


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "onewindow.config.settings"
    django.setup()
    main(*sys.argv[1:])
