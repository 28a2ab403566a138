"""``{% live "ticket" "window.5" %}``: what a page needs to stay live."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onewindow.base.halls.models import Hall
from onewindow.base.live import tokens

register = template.Library()

SCRIPT = '<script src="{}" defer></script>'


@register.simple_tag(takes_context=True)
def live(
    context: template.Context, *topics: str, hall: Hall | None = None, bundled: bool = False
) -> SafeString:
    """The signed list of topics, and the script that listens; nothing where there is no hall.

    ``bundled``: the script comes with others.
    """
    found = hall or context.get("hall")
    if found is None or not topics:
        return SafeString("")
    listens = "" if bundled else format_html(SCRIPT, static("live/live.js"))
    return format_html(
        '<meta name="live" content="{}" data-topics="{}" data-stream="{}" data-worker="{}"'
        ' data-renew="{}">{}',
        tokens.sign(found, topics),
        " ".join(topics),
        reverse("live:stream", args=[found.slug]),
        static("live/live-worker.js"),
        tokens.RENEW_SECONDS,
        listens,
    )
