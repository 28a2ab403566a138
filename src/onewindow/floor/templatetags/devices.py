"""``{% load devices %}{% device_health %}``: which screens are seen, which are not."""

from typing import Any

from django import template

from onewindow.floor.standing import health

register = template.Library()


@register.inclusion_tag("floor/_devices.html", takes_context=True)
def device_health(context: template.Context) -> dict[str, Any]:
    """The screens of the hall, a panel that keeps itself fresh."""
    hall = context["hall"]
    return {"health": health(hall), "hall": hall, "request": context["request"]}
