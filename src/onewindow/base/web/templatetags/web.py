"""Small helps for templates, known to all of them."""

import io
import uuid
from datetime import datetime
from typing import Any

import segno
from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import Spoken, tag
from onewindow.base.halls.text import said as said_in
from onewindow.base.halls.words import word as word_now
from onewindow.base.web import accents, bundles, looks, rail
from onewindow.base.web.unattended import home_of

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
def word(name: str) -> str:
    """What this hall calls somebody: ``{% blocktranslate with guide="guide"|word %}``."""
    return word_now(name)


@register.filter
def minutes(seconds: Any) -> int:
    """Whole minutes of some seconds, at least 1 when there are any."""
    return max(1, round(int(seconds) / 60)) if seconds else 0


@register.filter
def clock(seconds: Any) -> str:
    """Seconds as ``03:12``."""
    whole = max(0, int(seconds or 0))
    return f"{whole // 60:02d}:{whole % 60:02d}"


@register.simple_tag(takes_context=True)
def at(context: template.Context, moment: datetime | None, how: str = "H:i") -> str:
    """A moment in the hall's own time: ``{% at ticket.joined_at %}`` is ``09:42``."""
    if moment is None:
        return ""
    hall = context.get("hall")
    return formats.date_format(timezone.localtime(moment, hall.zone if hall else None), how)


@register.filter
def stamp(moment: datetime | None) -> int | str:
    """A moment as seconds of the epoch, for ``data-since`` and ``data-until``."""
    return int(moment.timestamp()) if moment else ""


@register.simple_tag(takes_context=True)
def html_tag(context: template.Context, theme: str = "", also: str = "") -> SafeString:
    """The attributes of ``<html>``: language, the hall's accent, and how the person wishes to see.

    ``theme`` fixes light or dark where a screen has only one.
    """
    request, hall = context.get("request"), context.get("hall")
    wished = looks.looks(request) if request else {}
    wished.pop("language", None)
    if theme:
        wished["theme"] = theme
    hue = accents.nearest(hall.accent if hall else accents.DEFAULT)
    return format_html(
        'lang="{}" class="{}"{}',
        tag(),
        f"hue-{hue} {also}".strip(),
        format_html_join("", ' data-{}="{}"', wished.items()),
    )


@register.simple_tag(takes_context=True)
def home(context: template.Context) -> str:
    """Where a screen without a person goes back to; "" on a page that a person looks after."""
    request = context.get("request")
    return home_of(request.path) if request else ""


@register.simple_tag(takes_context=True)
def look(context: template.Context, **wishes: str) -> str:
    """The address of this page seen otherwise: ``{% look type="large" %}``."""
    return looks.address(context["request"], **wishes)


@register.simple_tag(takes_context=True)
def looking(context: template.Context, wish: str) -> str:
    """What the person wished of this: ``{% looking "type" as type %}``; empty when nothing."""
    return looks.looks(context["request"]).get(wish, "")


@register.inclusion_tag("web/_rail.html", takes_context=True)
def staff_rail(context: template.Context) -> dict[str, Any]:
    """The left rail: what my role does in this hall."""
    given: dict[str, Any] = dict(context.flatten())  # type: ignore[arg-type]  # names are strings
    hall: Hall | None = given.get("hall")
    path = given["request"].path
    shown = rail.open_to(given["can"]) if hall else []
    lines = [(one, reverse(one.url, args=[hall.slug])) for one in shown if hall]
    here = max((to for _, to in lines if path.startswith(to)), key=len, default="")
    return {
        **given,
        "lines": [(one, to, to == here) for one, to in lines],
        "home": resolve_url(settings.LOGIN_REDIRECT_URL) if hall else "/",
    }


@register.simple_tag(takes_context=True)
def logo(context: template.Context) -> str:
    """The hall's logo, beside its name; nothing where it has none."""
    hall: Hall | None = context.get("hall")
    if not hall or not hall.logo:
        return ""
    return format_html(
        '<img class="logo" src="{}" alt="">', reverse("logo", args=[hall.slug, hall.logo])
    )


@register.simple_tag
def bundle(name: str) -> str:
    """The address of sheets or scripts that are sent together: ``{% bundle "kiosk.css" %}``."""
    found = bundles.bundle(name)
    return reverse("bundle", args=[found.digest, name]) if found else ""


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code of an address, black on white, as large as its place."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", border=2, omitsize=True, xmldecl=False, svgclass="qr", lineclass="")
    return SafeString(out.getvalue().decode())


@register.simple_tag(takes_context=True)
def place(context: template.Context, name: str) -> SafeString:
    """What some room put into a fixed place of the frame; nothing when no room did."""
    found = rail.places().get(name)
    if not found:
        return SafeString("")
    given: dict[str, Any] = dict(context.flatten())  # type: ignore[arg-type]  # names are strings
    return render_to_string(found, given, given["request"])


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, **attributes: Any) -> dict[str, Any]:
    """A form's field with its label, its help, and its error beside it."""
    widget = bound.field.widget
    attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
    described = str(attributes.pop("aria-describedby", "")).split()
    described += [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attributes),
        "ticks": isinstance(widget, CheckboxInput),
        "chooses": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "several": widget.use_fieldset,  # more than one input, each with its own words
    }
