"""Words of the staff's pages: ``{% load desks %}``."""

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
