"""What a window serves for a while: nobody who waits may be left without a window."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.queries import live_sessions, profile_of, windows_serving
from onewindow.floor.states import Choice
from onewindow.tickets import queries


class NobodyElseServes(Refused):
    """Visitors would wait for a service that no open window serves."""

    sentence = _(
        "{count} wait for {service}, and no other open window serves it. Open one first, or let "
        "another one serve it."
    )


class NothingLeft(Refused):
    """A window without any service is a closed one."""

    sentence = _(
        "Window {window} would serve nothing. Close it instead; who waits is served at: {others}."
    )


@action
def serve_for_now(
    *, window: Window, service: Service, choice: Choice | None, by: By, until: datetime | None
) -> list[str]:
    """Change what a window serves for a while; return the labels of who else serves it now.

    Raise NobodyElseServes or NothingLeft when a service (``choice`` None) cannot be taken off.
    """
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)  # one change at a time
    others = _others(window, service)
    if choice is None:
        count = queries.in_line(window.hall, service.pk).count()
        if count and not others:
            raise NobodyElseServes(count=count, service=service)
        if set(profile_of(window).all) <= {service.pk}:
            named = pgettext("between the numbers of windows", ", ").join(others) or "–"
            raise NothingLeft(window=window.label, others=named)
    floor.serve_for_now(window=window, service=service, choice=choice, until=until, by=by)
    return others


def _others(window: Window, service: Service) -> list[str]:
    calling = {one.window_id for one in live_sessions(window.hall) if one.calls}
    serving = [one for one in windows_serving(service) if one.pk != window.pk]
    return [one.label for one in serving if one.pk in calling]
