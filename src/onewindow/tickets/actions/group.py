"""Taking numbers for people who came together."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.tickets.actions.take import take
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel, Priority

PEOPLE_AT_MOST = 30
SERVICES_AT_MOST = 8


class TooManyAtOnce(Refused):
    """A bus of people is taken in several turns, so that no transaction is long."""

    sentence = _("At most {people} people and {services} services at a time.")
    status = 422


@action
def take_group(
    *,
    hall: Hall,
    services: Sequence[Service],
    by: By,
    channel: Channel,
    people: int = 1,
    files: int = 1,
    priority: Priority = Priority.P4,
    needs: Iterable[str] = (),
    answers: dict[str, bool] | None = None,
) -> list[Ticket]:
    """Draw a number for each of some people, with all the services under it; all or none.

    Return the first ticket of each number.
    """
    if not (0 < people <= PEOPLE_AT_MOST and 0 < len(services) <= SERVICES_AT_MOST):
        raise TooManyAtOnce(people=PEOPLE_AT_MOST, services=SERVICES_AT_MOST)
    said = {"hall": hall, "by": by, "channel": channel, "files": files, "answers": answers}
    who = {"priority": priority, "needs": list(needs)}
    first, *others = services
    found = []
    for _person in range(people):
        ticket = take(service=first, **said, **who)  # type: ignore[arg-type]  # as named above
        for service in others:
            take(service=service, visit=ticket.visit, **said)  # type: ignore[arg-type]
        found.append(ticket)
    return found
