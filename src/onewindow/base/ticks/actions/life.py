"""Signs of life, and the outage that their absence was."""

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.ticks.models import Heartbeat, Outage
from onewindow.base.ticks.queries import INSTALLATION, LONG_SILENCE, forget, silence
from onewindow.base.trail import job
from onewindow.base.trail.record import record


def sign_of_life(name: str) -> None:
    """Note that a process is there."""
    sign = {"at": clocks.now(), "shift": clocks.shift().total_seconds()}
    if not Heartbeat.objects.filter(name=name).update(**sign):
        Heartbeat.objects.get_or_create(name=name, defaults=sign)


@action
def beat() -> Outage | None:
    """Give the installation's sign of life; a silence of over a minute before it is one outage."""
    now, shift = clocks.now(), clocks.shift()
    rows = Heartbeat.objects.select_for_update(no_key=True)
    last = rows.filter(name=INSTALLATION).first()
    outage = None
    if last and last.at < now and last.silence(now, shift) > LONG_SILENCE:
        outage = Outage.objects.create(began_at=last.at, ended_at=now)
        length = clocks.seconds(last.at, now)
        record("installation.outage", outage, by=job("heartbeat"), seconds=length)
        forget()
    sign_of_life(INSTALLATION)
    return outage


def notice_outage() -> Outage | None:
    """Record an outage before anything is done that would count its time against somebody."""
    ago = silence(INSTALLATION)
    return beat() if ago is None or ago > LONG_SILENCE else None
