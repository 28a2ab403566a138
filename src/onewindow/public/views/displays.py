"""The displays: the hall's, read from ten metres, and the one at a window."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_GET

from onewindow.accounts import photos
from onewindow.accounts.devices import device_token, for_device
from onewindow.accounts.states import DeviceKind
from onewindow.alerts.queries import emergency
from onewindow.base.live.shared import shared
from onewindow.floor.queries import session_at
from onewindow.public import screens
from onewindow.public.views.asked import FromDevice

hall_display = for_device(DeviceKind.HALL_DISPLAY)
window_display = for_device(DeviceKind.WINDOW_DISPLAY)
WAKES = ("ticket", "floor", "hall", "alert")


@hall_display
@require_GET
def display(request: FromDevice) -> HttpResponse:
    """The whole screen."""
    _speak(request)
    shown = screens.display(request.hall, screens.zones_shown(request.device))
    return render(request, "public/display/page.html", shown | _common(request))


@hall_display
@require_GET
def display_now(request: FromDevice) -> HttpResponse:
    """What changes on it: rendered once for all displays of the same zones."""
    _speak(request)
    zones = screens.zones_shown(request.device)

    def look() -> str:
        shown = screens.display(request.hall, zones) | _common(request)
        return render_to_string("public/display/_now.html", shown, request)

    name = f"display.{device_token(request.device)}"
    return shared(request, name, WAKES, look)


@window_display
@require_GET
def window(request: FromDevice) -> HttpResponse:
    """The screen of a window."""
    _speak(request)
    return render(request, "public/display/window.html", _at_window(request))


@window_display
@require_GET
def window_now(request: FromDevice) -> HttpResponse:
    """What changes on it."""
    _speak(request)
    return render(request, "public/display/_window.html", _at_window(request))


@window_display
@require_GET
def face(request: FromDevice, name: str) -> HttpResponse:
    """The photo of who stands at the window now, and of nobody else."""
    place = screens.window_shown(request.device)
    session = session_at(place) if place else None
    return photos.answer(session.user if session else None, name)


def _at_window(request: FromDevice) -> dict[str, object]:
    place = screens.window_shown(request.device)
    here = screens.at_window(place) if place else None
    return {"at": here, "emergency": emergency(request.hall)} | _common(request)


def _common(request: FromDevice) -> dict[str, object]:
    token = device_token(request.device)
    return {"device": request.device, "token": token, "other": _other(request)}


def _speak(request: FromDevice) -> None:
    """A display speaks the hall's language, whatever its browser says, unless one was chosen."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = {code for code, _name in settings.LANGUAGES}
    translation.activate(chosen if chosen in known else request.hall.language.lower())


def _other(request: FromDevice) -> str:
    """The hall's second language, for names that stand in both."""
    now = translation.get_language()
    others = [tag for tag in request.hall.languages if tag.lower() != now]
    return others[0] if others else ""
