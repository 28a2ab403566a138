"""The demonstration's day going on: a process beside the web, through the real API."""

import time
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from onewindow.accounts.access import Can
from onewindow.accounts.actions import create_key, revoke_key
from onewindow.accounts.models import ApiKey
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.floor.actions import close_hall, open_hall
from onewindow.floor.queries import window_by_label
from onewindow.simulator.actions import find_nobody, new_day
from onewindow.simulator.engine import Engine
from onewindow.simulator.furnish import connect_printer, day_of
from onewindow.simulator.models import Demonstration
from onewindow.simulator.ports import ApiPort, NotDone, Seen, seen_of
from onewindow.simulator.printer import Printer
from onewindow.simulator.queries import AFTER_CLOSING, closing, is_jammed
from onewindow.tickets.actions import sweep
from onewindow.tickets.queries import at_window
from onewindow.tickets.states import State

IDLE_LOOK_S = 15.0  # people come who are real, or a crowd of whom the engine does not know
WALK_S = 15.0  # from the seat to a window
LABEL = "Simulator"
BY = job("simulator")


def go_on(url: str, hall: Hall) -> None:
    """Simulate today and the days after it, for ever."""
    connect_printer(hall, Printer(partial(is_jammed, hall)).port)
    port = ApiPort(url, hall.slug, _key(hall))
    while True:
        day = hall.today()
        _one_day(port, hall)
        if hall.today() == day and closing(hall) + AFTER_CLOSING <= clocks.now():
            close_hall(hall=hall, by=BY)
            new_day(hall=hall, by=BY)
        if hall.today() != day:
            time.sleep(1.5)  # until every process has read the new shift
            sweep.run()  # nobody stands at a window any more before the new day begins


def _one_day(port: ApiPort, hall: Hall) -> None:
    """Simulate until half an hour after closing, a new day, or until a closed hall opens again."""
    now, day = clocks.now().timestamp(), hall.today()
    today = replace(day_of(hall, day), idle_look_s=IDLE_LOOK_S)
    engine = Engine(port, today, Random(int(now)))  # noqa: S311 (a simulation)
    _wait_for_web(port)
    open_hall(hall=hall, by=BY, reason="the day goes on")
    away = Demonstration.objects.get(hall=hall).away
    _take_up(engine, port, now, away)
    closes = closing(hall)
    while hall.today() == day and clocks.now() < closes + AFTER_CLOSING:
        if closing(hall) > closes:
            return  # opened again: everybody comes back
        closes = closing(hall)
        engine.day = replace(engine.day, closes=closes.timestamp())
        asked = Demonstration.objects.get(hall=hall)
        engine.traffic = asked.traffic
        if asked.away != away:
            _follow(engine, hall, away, asked.away)
            away = asked.away
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


def _follow(engine: Engine, hall: Hall, before: str, away: str) -> None:
    """Let a clerk leave without a word, or come back."""
    now = clocks.now().timestamp()
    if before in engine.posts:
        here = at_window(window_by_label(hall, before))
        if here is not None and here.state == State.SERVING:
            engine.serve(now, before, seen_of(here))
        else:
            engine.come_back(now, before, seen_of(here) if here else None)
    if away in engine.posts:
        engine.leave(away)
        engine.at(now + WALK_S, lambda _t: find_nobody(hall=hall))


def _take_up(engine: Engine, port: ApiPort, now: float, away: str) -> None:
    """Take up what was going on: visitors at windows, people set aside; then begin.

    The clerk who is ``away`` stays away.
    """
    queue = port.get("/queue")
    mine = {post.window for post in engine.day.posts} - {away}
    here = [one for one in [*queue["called"], *queue["serving"]] if one["window"] in mine]
    engine.begin(now, frozenset([away, *(one["window"] for one in here)]))
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


def _key(hall: Hall) -> str:
    """Make this process's key; the one of the process before it opens nothing any more."""
    for old in ApiKey.objects.filter(hall=hall, label=LABEL, revoked_at=None):
        revoke_key(key=old, by=BY)
    can = [Can.SEE_HALL, Can.SEE_QUEUE, Can.TAKE, Can.SERVE, Can.RUN_WINDOWS]
    _, text = create_key(hall=hall, label=LABEL, can=can, by=BY)
    return text
