"""The addresses of installed screens: what they are called, and their page for a lost network."""

from django.urls import path

from onewindow.public.views import install

urlpatterns = [
    path("device/<str:token>/manifest/", install.manifest, name="manifest"),
    path("k/<str:token>/worker.js", install.worker, name="kiosk_worker"),
    path("k/<str:token>/away/", install.away, name="kiosk_away"),
    path("p/<str:token>/worker.js", install.worker, name="rating_pad_worker"),
    path("p/<str:token>/away/", install.away, name="rating_pad_away"),
    path("c/<str:token>/worker.js", install.worker, name="clock_in_worker"),
    path("c/<str:token>/away/", install.away, name="clock_in_away"),
]
