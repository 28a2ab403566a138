"""``{% load alerts %}{% alert_list %}``: what needs somebody, on any page of the hall."""

from typing import Any

from django import template

from onewindow.alerts import queries
from onewindow.alerts.models import Emergency
from onewindow.alerts.states import WAITS

register = template.Library()


@register.inclusion_tag("alerts/_list.html", takes_context=True)
def alert_list(context: template.Context) -> dict[str, Any]:
    """The open alerts of the hall, a panel that keeps itself fresh."""
    hall = context["hall"]
    return {
        "alerts": queries.open_alerts(hall, context["request"].can),
        "waits": WAITS,
        "hall": hall,
        "can": context["request"].can,
        "request": context["request"],
    }


@register.simple_tag(takes_context=True)
def emergency_now(context: template.Context) -> Emergency | None:
    """The emergency that stands in the hall: ``{% emergency_now as emergency %}``. From memory."""
    hall = context.get("hall")
    return queries.emergency(hall) if hall else None
