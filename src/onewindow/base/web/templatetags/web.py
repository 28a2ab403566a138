"""Small helps for templates, known to all of them."""

import uuid
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onewindow.base.halls.text import Spoken
from onewindow.base.halls.text import said as said_in

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: template.Context) -> SafeString:
    """The two hidden fields of every form: the CSRF token, and the key that makes it count once."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="_once" value="{}">',
        get_token(context["request"]),
        uuid.uuid4(),
    )


@register.filter
def said(texts: Spoken | None, language: str | None = None) -> str:
    """A text in the language now spoken, or the one asked: ``{{ service.name|said }}``."""
    return said_in(texts, language)


@register.filter
def minutes(seconds: Any) -> int:
    """Whole minutes of some seconds, at least 1 when there are any."""
    return max(1, round(int(seconds) / 60)) if seconds else 0


@register.filter
def clock(seconds: Any) -> str:
    """Seconds as ``03:12``."""
    whole = max(0, int(seconds or 0))
    return f"{whole // 60:02d}:{whole % 60:02d}"
