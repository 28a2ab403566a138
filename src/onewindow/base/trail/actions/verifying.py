"""Verifying as people ask for it: asked, how far it is, what it found."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail.by import By, job
from onewindow.base.trail.models import Verification
from onewindow.base.trail.queries import last_verification
from onewindow.base.trail.record import record
from onewindow.base.trail.seal import newest
from onewindow.base.trail.verify import Trouble
from onewindow.base.web.refused import Refused


class VerifiedNow(Refused):
    """One at a time is enough: there is one history."""

    sentence = _("The history is being verified already.")


@action
def ask(*, hall: Hall, by: By) -> Verification:
    """Ask the worker to verify. Raise VerifiedNow."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    before = last_verification()
    if before is not None and before.is_under_way:
        raise VerifiedNow
    now = clocks.now()
    asked = Verification.objects.create(asked_at=now, seen_at=now)
    record("trail.verify-asked", asked, by=by, hall=hall.pk)
    return asked


@action
def begin(pk: int) -> bool:
    """Say how far there is to go; False when somebody has done it."""
    seal = newest()
    waiting = Verification.objects.filter(pk=pk, ended_at=None)
    told = {"done": 0, "total": seal.last if seal else 0, "seen_at": clocks.now()}
    return bool(waiting.update(**told))


@action
def go_on(pk: int, row: int) -> None:
    """Say up to which row all was read."""
    Verification.objects.filter(pk=pk).update(done=row, seen_at=clocks.now())


@action
def finish(pk: int, found: Sequence[Trouble]) -> None:
    """Keep what was found, and write down that it was."""
    over = Verification.objects.get(pk=pk)
    over.found = [list(trouble) for trouble in found]
    over.ended_at = over.seen_at = clocks.now()
    over.save(update_fields=["found", "ended_at", "seen_at"])
    record("trail.verified", over, by=job("trail"), rows=over.done, troubles=len(found))
