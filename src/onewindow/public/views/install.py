"""Kiosk, pad and terminal as installed apps: what they are called, and a shell for lost networks.

The service worker keeps one page and what that page needs: that the hall cannot be reached. Nothing
that the hall knows is kept, so nothing old can be shown and no number is ever made up.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.accounts.devices import device_path, device_token, for_device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.text import said, tag
from onewindow.public.views.asked import FromDevice

NEEDS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')
GREEN, PAPER = "#01675a", "#faf9f6"
ICONS = (("sign-192", 192, "any"), ("sign-512", 512, "any"), ("sign-maskable", 512, "maskable"))

installable = for_device(DeviceKind.KIOSK, DeviceKind.RATING_PAD, DeviceKind.CLOCK_IN_TERMINAL)


@installable
@require_GET
@never_cache
def manifest(request: FromDevice) -> HttpResponse:
    """What the installed screen is called and looks like: it opens on its own address alone."""
    home = device_path(request.device)
    icons = [
        {
            "src": static(f"web/{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in ICONS
    ]
    shown = {
        "id": home,
        "start_url": home,
        "scope": home,
        "name": f"{said(request.hall.name)} · {request.device.name}",
        "short_name": request.device.name,
        "lang": tag(),
        "display": "fullscreen",
        "background_color": PAPER,
        "theme_color": GREEN,
        "icons": icons,
    }
    return JsonResponse(shown, content_type="application/manifest+json")


@installable
@require_GET
@never_cache
def worker(request: FromDevice) -> HttpResponse:
    """The service worker of one screen; its address is its scope, and its content its version."""
    page = _page(request)
    files = sorted(set(NEEDS.findall(page)))
    version = hashlib.sha256(_without_time(page).encode())
    for file in files:
        version.update(_digest(file))
    home = device_path(request.device)
    shown = {"home": home, "files": files, "version": version.hexdigest()[:12]}
    return render(request, "public/shell/worker.js", shown, content_type="text/javascript")


@installable
@require_GET
@never_cache
def away(request: FromDevice) -> HttpResponse:
    """The page that stands while the hall is out of reach."""
    return HttpResponse(_page(request))


def _page(request: FromDevice) -> str:
    """Who meets it has chosen no language: it is in the hall's own."""
    translation.activate(request.hall.language.lower())
    shown = {
        "device": request.device,
        "token": device_token(request.device),
        "home_at": device_path(request.device),
    }
    return render_to_string("public/shell/away.html", shown, request)


def _without_time(page: str) -> str:
    return re.sub(r'<meta name="now"[^>]*>', "", page)


@cache
def _digest(address: str) -> bytes:
    """Return the digest of a file as it is served; a new version of it means a new process."""
    name = address.removeprefix(settings.STATIC_URL)
    kept = Path(settings.STATIC_ROOT) / name
    found = str(kept) if kept.is_file() else finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).digest() if found else b""
