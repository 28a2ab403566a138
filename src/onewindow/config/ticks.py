"""The table of ticks: what comes round, how often, and who does it.

The process ``clock`` asks for each as often as it is due, on every machine; the row of the tick
decides who does it. A tick finds its work in the database, so a turn that was lost is no loss.
"""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError
from django.utils.module_loading import import_string

from onewindow.base.ticks.actions.claim import claim, ran
from onewindow.base.ticks.actions.life import notice_outage

logger = logging.getLogger(__name__)
SAY_AGAIN_AFTER = 600.0

_said: dict[str, float] = {}


@dataclass(frozen=True)
class Every:
    """One row of the table: a function without arguments, called every so many seconds."""

    seconds: int
    name: str
    action: str


TICKS = (
    Every(10, "heartbeat", "onewindow.base.ticks.actions.life.beat"),
    Every(10, "tickets.sweep", "onewindow.tickets.actions.sweep.run"),
    Every(10, "tickets.watch", "onewindow.tickets.actions.watch.run"),
    Every(30, "tickets.promise", "onewindow.tickets.actions.promise.run"),
    Every(10, "hooks.sweep", "onewindow.hooks.tasks.sweep"),
    Every(10, "windows.for-now", "onewindow.floor.actions.for_now.run"),
    Every(10, "windows.pauses", "onewindow.floor.actions.pauses.run"),
    Every(30, "devices.watch", "onewindow.floor.actions.devices.run"),
    Every(10, "outages.watch", "onewindow.tickets.actions.outages.watch"),
    Every(60, "hall.opening", "onewindow.floor.actions.day.watch_opening"),
    Every(10, "appointments.call-up", "onewindow.tickets.actions.reminders.call_up"),
    Every(60, "appointments.remind", "onewindow.tickets.actions.reminders.run"),
    Every(10, "printing.sweep", "onewindow.printing.tasks.sweep"),
    Every(30, "notify.sweep", "onewindow.base.notify.tasks.sweep"),
    Every(60, "deadlines.calendar", "onewindow.base.deadlines.actions.follow_calendar"),
    Every(60, "deadlines.sweep", "onewindow.base.deadlines.actions.sweep"),
    Every(60, "lists.sweep", "onewindow.lists.tasks.sweep"),
    Every(60, "exports.sweep", "onewindow.tickets.exports.tasks.sweep"),
    Every(60, "trail.seal", "onewindow.base.trail.seal.seal"),
    Every(300, "tickets.pace", "onewindow.tickets.actions.pace.learn_all"),
    Every(600, "hooks.give-up", "onewindow.hooks.actions.send.give_up_old"),
    Every(600, "answers.purge", "onewindow.base.ticks.actions.purge.answers"),
    Every(3600, "sign-ins.purge", "onewindow.base.ticks.actions.purge.sign_ins"),
    Every(3600, "sign-in-notes.purge", "onewindow.accounts.actions.sign_ins.purge"),
    Every(3600, "pairings.purge", "onewindow.accounts.actions.pairing.purge"),
    Every(3600, "voice.purge", "onewindow.voice.made.purge"),
    Every(3600, "attempts.purge", "onewindow.base.ticks.actions.purge.attempts"),
    Every(600, "lists.passwords", "onewindow.lists.actions.staff.purge"),
    Every(3600, "lists.purge", "onewindow.lists.actions.bring.purge"),
    Every(3600, "exports.purge", "onewindow.tickets.exports.actions.purge"),
    Every(3600, "hooks.purge", "onewindow.hooks.actions.send.purge"),
    Every(86400, "printing.purge", "onewindow.printing.actions.purge"),
    Every(86400, "trail.purge", "onewindow.base.trail.actions.purge"),
    Every(3600, "jobs.purge", "onewindow.base.ticks.actions.purge.jobs"),
)


def run(tick: Every) -> bool:
    """Do a tick if it is due and ours; True when that went well. It never raises."""
    try:
        notice_outage()
        if not claim(tick.name, timedelta(seconds=tick.seconds)):
            return False
        return _do(tick)
    except DatabaseError as gone:
        _say(tick.name, "the database does not answer: %s", gone)
        return False


def _do(tick: Every) -> bool:
    problem = ""
    try:
        import_string(tick.action)()
    except Exception as failed:  # noqa: BLE001  # one tick that fails must not stop the others
        problem = f"{type(failed).__name__}: {failed}"
        _say(tick.name, "failed: %s", problem, exc_info=failed)
    ran(tick.name, problem)
    return not problem


def _say(name: str, sentence: str, *args: object, exc_info: Exception | None = None) -> None:
    """Log a tick's trouble, the same one at most every ten minutes."""
    key = f"{name} {sentence}"
    if time.monotonic() - _said.get(key, float("-inf")) > SAY_AGAIN_AFTER:
        _said[key] = time.monotonic()
        logger.error("tick %s " + sentence, name, *args, exc_info=exc_info)
