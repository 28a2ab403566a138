"""What stands open."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.accounts.states import Role
from onewindow.alerts.models import Alert, Emergency
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound, Refused

ACT_NOW_SHOWN = 5
READ_AT_MOST = 300


@dataclass(frozen=True)
class Board:
    """The open alerts by level; of those to act on, five are shown and the rest counted."""

    act_now: list[Alert]
    more: int
    today: list[Alert]
    good_to_know: list[Alert]

    @property
    def is_calm(self) -> bool:
        """Whether nothing needs anybody."""
        return not (self.act_now or self.today or self.good_to_know)


def open_alerts(hall: Hall, can: Collection[Can] = (Can.ANSWER_ALERTS,)) -> Board:
    """Return what needs a person now: alarms, then the oldest; what is snoozed left out. One query.

    Who answers for the hall sees all, a guide what is for the guides.
    """
    due = Q(snoozed_until=None) | Q(snoozed_until__lte=clocks.now())
    rows = _for_whom(can).filter(due, hall=hall, closed_at=None).select_related("hall", "owner")
    found = list(rows.order_by("level", "raised_at", "pk")[:READ_AT_MOST])
    by_level = {level: [a for a in found if a.level == level] for level in Level}
    act_now = sorted(by_level[Level.ACT_NOW], key=lambda alert: not alert.does.first)
    return Board(
        act_now=act_now[:ACT_NOW_SHOWN],
        more=max(0, len(act_now) - ACT_NOW_SHOWN),
        today=by_level[Level.TODAY],
        good_to_know=by_level[Level.GOOD_TO_KNOW],
    )


def _for_whom(can: Collection[Can]) -> QuerySet[Alert]:
    everything = Alert.objects.all()
    return everything if Can.ANSWER_ALERTS in can else everything.filter(owner_role=Role.GUIDE)


def alert_of(hall: Hall, pk: int, can: Collection[Can] = (Can.ANSWER_ALERTS,)) -> Alert:
    """Return an alert of this hall. Raise NotFound when there is none for such a person."""
    found = _for_whom(can).filter(hall=hall, pk=pk).first()
    if found is None:
        raise NotFound
    return found


@remembered
def emergency(hall: Hall) -> Emergency | None:
    """Return the emergency that stands, if there is one."""
    found = Emergency.objects.filter(hall=hall, ended_at=None).first()
    if found:
        found.hall = hall
    return found


class NotInEmergency(Refused):
    """Nobody is called and no numbers are given while an emergency message is on the screens."""

    sentence = _("An emergency message is on the screens: nothing goes on before the all clear.")


def be_calm(hall: Hall) -> None:
    """Raise NotInEmergency while an emergency stands."""
    if emergency(hall):
        raise NotInEmergency


def data_by_cause(hall: Hall, kind: str) -> dict[str, dict[str, Any]]:
    """Return what the open alerts of a kind say, by their causes."""
    rows = Alert.objects.filter(hall=hall, kind=kind, closed_at=None)
    return dict(rows.values_list("cause", "data"))


def stands(hall: Hall, *causes: str) -> dict[str, bool]:
    """Return which of these causes have an alert that is open, and whether somebody took it."""
    rows = Alert.objects.filter(hall=hall, cause__in=causes, closed_at=None)
    found = rows.order_by("level", "cause").values_list("cause", "owner_id")
    return {cause: owner is not None for cause, owner in found}
