"""The panels of the queue, under ``/s/<hall>/tickets/``."""

from django.urls import path

from onewindow.tickets.views import panels, verbs

app_name = "tickets"

WINDOW = "window/<str:label>/"

urlpatterns = [
    path(WINDOW, panels.window, name="window"),
    path(WINDOW + "side/", panels.side, name="side"),
    path(WINDOW + "<slug:verb>", verbs.at_window, name="at_window"),
    path(WINDOW + "<int:ticket>/<slug:verb>", verbs.with_ticket, name="with_ticket"),
]
