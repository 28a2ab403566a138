"""The demonstration's day going on: a process beside the web, through the real API."""

import logging
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from onewindow.accounts.access import Can
from onewindow.accounts.actions import create_key, revoke_key
from onewindow.accounts.models import ApiKey
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.floor.actions import close_hall, open_hall
from onewindow.simulator.days import Shift, next_morning, shift_to
from onewindow.simulator.engine import Engine
from onewindow.simulator.furnish import day_of
from onewindow.simulator.models import Demonstration
from onewindow.simulator.ports import ApiPort, NotDone, Seen
from onewindow.simulator.queries import AFTER_CLOSING, closing
from onewindow.tickets.actions import sweep

logger = logging.getLogger(__name__)
LABEL = "Simulator"
BY = job("simulator")


def go_on(url: str, hall: Hall, data: Path) -> None:
    """Simulate today and the days after it, for ever."""
    port = ApiPort(url, hall.slug, _key(hall))
    while True:
        day = hall.today()
        _one_day(port, hall)
        if hall.today() == day and closing(hall) + AFTER_CLOSING <= clocks.now():
            close_hall(hall=hall, by=BY)
            _next_day(hall, data)
        if hall.today() != day:
            time.sleep(1.5)  # until every process has read the new shift
            sweep.run()  # nobody stands at a window any more before the new day begins


def _one_day(port: ApiPort, hall: Hall) -> None:
    """Simulate until half an hour after closing, a new day, or until a closed hall opens again."""
    now, day = clocks.now().timestamp(), hall.today()
    engine = Engine(port, day_of(hall, hall.today()), Random(int(now)))  # noqa: S311 (a simulation)
    _wait_for_web(port)
    open_hall(hall=hall, by=BY, reason="the day goes on")
    _take_up(engine, port, now)
    closes = closing(hall)
    while hall.today() == day and clocks.now() < closes + AFTER_CLOSING:
        if closing(hall) > closes:
            return  # opened again: everybody comes back
        closes = closing(hall)
        engine.day = replace(engine.day, closes=closes.timestamp())
        asked = Demonstration.objects.get(hall=hall)
        engine.traffic = asked.traffic
        if asked.paused:
            time.sleep(1)
            engine.delay(1)
            continue
        _due(engine)
        time.sleep(0.5)


def _due(engine: Engine) -> None:
    """Do what is due. A hall that is away for a while is no reason to end."""
    now = clocks.now().timestamp()
    while engine.next_at is not None and engine.next_at <= now:
        engine.step()


def _take_up(engine: Engine, port: ApiPort, now: float) -> None:
    """Take up what was going on: visitors at windows, people set aside; then begin."""
    queue = port.get("/queue")
    mine = {post.window for post in engine.day.posts}
    here = [one for one in [*queue["called"], *queue["serving"]] if one["window"] in mine]
    engine.begin(now, frozenset(one["window"] for one in here))
    for ticket in here:
        seen = Seen(ticket["id"], ticket["number"], ticket["visit"], ticket["service"])
        engine.serve(now, ticket["window"], seen)
    for ticket in _parked(port):
        if ticket["window"] in mine:
            engine.parked[ticket["window"]].append(ticket["id"])


def _parked(port: ApiPort) -> list[dict[str, Any]]:
    return list(port.get("/tickets?state=parked")["items"])


def _wait_for_web(port: ApiPort) -> None:
    for _ in range(120):
        try:
            port.get("")
        except NotDone:
            time.sleep(0.5)
        else:
            return


def _next_day(hall: Hall, data: Path) -> None:
    """After closing a new day begins: the clock goes on to the next morning."""
    morning = next_morning(hall, clocks.now() + timedelta(hours=1))
    Shift(data).grow(shift_to(morning))
    logger.warning("a new demonstration day: %s", morning.date())


def _key(hall: Hall) -> str:
    """Make this process's key; the one of the process before it opens nothing any more."""
    for old in ApiKey.objects.filter(hall=hall, label=LABEL, revoked_at=None):
        revoke_key(key=old, by=BY)
    can = [Can.SEE_HALL, Can.SEE_QUEUE, Can.TAKE, Can.SERVE, Can.RUN_WINDOWS]
    _, text = create_key(hall=hall, label=LABEL, can=can, by=BY)
    return text
