"""Words of the visitors' pages."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()

LONG = 3 * 60


@register.filter
def wait(estimate: Any) -> str:
    """A wait in words, as a range: ``about 8–15 min``. ``estimate`` has p50_s and p80_s."""
    if not estimate or estimate.at_once:
        return _("no wait")
    low, high = span(estimate)
    if low >= LONG:
        return _("over 3 hours")
    if low == high:
        return _("about {minutes} min").format(minutes=high)
    return _("about {low}–{high} min").format(low=low, high=high)


@register.filter
def wait_range(estimate: Any) -> str:
    """The range alone: ``8–15``; ``0`` where nobody waits."""
    if not estimate or estimate.at_once:
        return "0"
    low, high = span(estimate)
    return str(high) if low == high else f"{low}–{high}"


def span(estimate: Any) -> tuple[int, int]:
    """Return the range in minutes: at least one, long waits in steps of five."""
    low, high = (max(1, round(seconds / 60)) for seconds in (estimate.p50_s, estimate.p80_s))
    if high > 30:
        low, high = max(5, low // 5 * 5), -(-high // 5) * 5
    return low, max(low, high)


@register.filter
def day_words(day: date) -> str:
    """A day as one says it: ``Tuesday, 9 June``."""
    return date_format(day, pgettext("date", "l, j F"))


@register.filter
def day_short(day: date) -> str:
    """A day on a small button: ``Tue 9``."""
    return date_format(day, pgettext("date on a button", "D j"))


@register.filter
def long_wait(estimate: Any) -> bool:
    """Whether a wait is long enough to be shown as such."""
    return bool(estimate) and estimate.p80_s > 30 * 60
