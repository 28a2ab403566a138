"""What every screen asks, and those that can be installed: what each keeps for a lost network."""

from django.urls import path

from onewindow.public.views import install, terminals

urlpatterns = [
    path("device/<str:token>/", terminals.turn, name="turn"),
    path("device/<str:token>/urgent/", terminals.urgent, name="urgent"),
    path("device/<str:token>/manifest/", install.manifest, name="manifest"),
    path("k/<str:token>/worker.js", install.worker, name="kiosk_worker"),
    path("k/<str:token>/away/", install.away, name="kiosk_away"),
    path("p/<str:token>/worker.js", install.worker, name="rating_pad_worker"),
    path("p/<str:token>/away/", install.away, name="rating_pad_away"),
    path("c/<str:token>/worker.js", install.worker, name="clock_in_worker"),
    path("c/<str:token>/away/", install.away, name="clock_in_away"),
    path("p/<str:token>/", terminals.rating_pad, name="rating_pad"),
    path("c/<str:token>/", terminals.clock_in, name="clock_in"),
]
