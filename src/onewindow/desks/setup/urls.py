"""Addresses of set-up, below ``/s/<hall>/setup/``: six pages for any sheet."""

from django.urls import path

from onewindow.desks.setup import halls, leading, views, wordings

urlpatterns = [
    path("", views.home, name="setup"),
    path("halls/", halls.halls, name="setup_halls"),
    path("logo/", leading.logo, name="setup_logo"),
    path("logo/none", leading.no_logo, name="setup_no_logo"),
    path("spots/print", leading.spot_codes, name="setup_spot_codes"),
    path("address/", leading.address, name="setup_address"),
    path("steps/<slug:step>/skip", leading.skip, name="setup_skip"),
    path("steps/<slug:step>/want", leading.want, name="setup_want"),
    path("messages/unsent/", wordings.unsent, name="setup_unsent"),
    path("messages/unsent/<int:message>/again", wordings.send_again, name="setup_send_again"),
    path("<slug:sheet>/", views.rows, name="setup_rows"),
    path("<slug:sheet>/new", views.new, name="setup_new"),
    path("<slug:sheet>/<str:key>/", views.row, name="setup_row"),
    path("<slug:sheet>/<str:key>/history", views.changes, name="setup_history"),
    path("<slug:sheet>/<str:key>/archive", views.archive, name="setup_archive"),
    path("<slug:sheet>/<str:key>/restore", views.restore, name="setup_restore"),
]
