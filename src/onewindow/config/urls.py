"""The roof's table of addresses: each room brings its own.

Order: what machines ask, then the API, then the faces (people's pages), then the rooms' panels.
"""

from django.urls import URLPattern, URLResolver, include, path

from onewindow.accounts.access import public
from onewindow.base.live.views import stream
from onewindow.base.web.views import bundle, logo
from onewindow.config.api import api as rest
from onewindow.config.health import health

machines: list[URLPattern | URLResolver] = [
    path("health", public(health), name="health"),
    path("logo/<slug:hall>/<slug:name>.png", public(logo), name="logo"),
    path("bundle/<str:digest>/<str:name>", public(bundle), name="bundle"),
    path("live/", include(([path("<slug:hall>/", public(stream), name="stream")], "live"))),
]

# The REST API, under /api/.
api: list[URLPattern | URLResolver] = [path("api/v1/", rest.urls)]

# Sign-in and the staff's own pages: accounts, desks.
staff: list[URLPattern | URLResolver] = [
    path("", include("onewindow.accounts.urls")),
    path("", include("onewindow.desks.urls")),
]

# Visitors' screens: kiosk /k, displays /d and /w, phone /t, hall /h, and the front page.
visitors: list[URLPattern | URLResolver] = [
    path("", include("onewindow.catalogue.urls")),
    path("", include("onewindow.voice.urls")),
    path("", include("onewindow.public.urls")),
]

# Panels of the rooms, /s/<hall>/<room>/..., in the order of the floors, lowest first.
panels: list[URLPattern | URLResolver] = [
    path("s/<slug:hall>/alerts/", include("onewindow.alerts.urls")),
    path("s/<slug:hall>/hooks/", include("onewindow.hooks.urls")),
    path("s/<slug:hall>/printing/", include("onewindow.printing.urls")),
    path("s/<slug:hall>/floor/", include("onewindow.floor.urls")),
    path("s/<slug:hall>/tickets/", include("onewindow.tickets.urls")),
    path("s/<slug:hall>/lists/", include("onewindow.lists.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [*machines, *api, *staff, *visitors, *panels]

handler400 = "onewindow.config.errors.not_understood"
handler404 = "onewindow.config.errors.not_here"
handler500 = "onewindow.config.health.failed"
