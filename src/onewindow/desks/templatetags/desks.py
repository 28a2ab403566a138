"""Words of the staff's pages: ``{% load desks %}``."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from onewindow.tickets.estimates import Estimate

register = template.Library()


@register.filter
def wait_words(wait: Estimate) -> str:
    """A wait as a range in minutes."""
    low, high = (max(1, round(seconds / 60)) for seconds in (wait.p50_s, wait.p80_s))
    if high == low:
        return _("{high} min").format(high=high)
    return _("{low}–{high} min").format(low=low, high=high)


@register.filter
def in_section(form: Any, section: Any) -> list[Any]:
    """The fields of a form that stand in a section."""
    return [form[name] for name in section.names]


@register.filter
def at_key(values: dict[str, Any], key: str) -> Any:
    """What a dictionary has under a key; nothing when it has none."""
    return values.get(key)


@register.filter
def both(first: Any, second: Any) -> tuple[Any, Any]:
    """Two things to go through."""
    return first, second
