"""Say of a step of the set-up that it is not needed, or that the public address was reached."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail import By
from onewindow.base.trail.editing import settle
from onewindow.base.web.refused import BadInput
from onewindow.floor.readiness import Readiness

LONGEST = 120


class NeedsAReason(BadInput):
    """Who comes later wants to know why a step was left out."""

    sentence = _("Say in a few words why this is not needed here.")


@action
def skip_step(*, hall: Hall, step: str, reason: str, by: By) -> None:
    """Leave a step of the set-up out, for a reason. Raise NeedsAReason."""
    said = reason.strip()[:LONGEST]
    if not said:
        raise NeedsAReason
    _settle(hall, by, {step: said})


@action
def want_step(*, hall: Hall, step: str, by: By) -> None:
    """Ask for a step again that was left out."""
    _settle(hall, by, {step: ""})


@action
def mark_reached(*, hall: Hall, address: str, by: By) -> None:
    """Note that a phone has reached the hall at its public address."""
    settle(hall=hall, value=replace(policy(hall, Readiness), reached=address), by=by)


def _settle(hall: Hall, by: By, said: dict[str, str]) -> None:
    now = policy(hall, Readiness)
    skipped = {name: why for name, why in {**now.skipped, **said}.items() if why}
    settle(hall=hall, value=replace(now, skipped=skipped), by=by)
