"""The panels of the queue, under ``/s/<hall>/tickets/``."""

from django.urls import path

from onewindow.tickets.exports import views as exports
from onewindow.tickets.views import panels, verbs

app_name = "tickets"

WINDOW = "window/<str:label>/"

urlpatterns = [
    path("export/", exports.page, name="exports"),
    path("export/ask", exports.ask, name="export"),
    path("export/files", exports.files, name="export_files"),
    path("export/<int:number>.xlsx", exports.file, name="export_file"),
    path("export/<str:first>/<str:last>.csv", exports.as_csv, name="export_csv"),
    path(WINDOW, panels.window, name="window"),
    path(WINDOW + "side/", panels.side, name="side"),
    path(WINDOW + "<slug:verb>", verbs.at_window, name="at_window"),
    path(WINDOW + "<int:ticket>/<slug:verb>", verbs.with_ticket, name="with_ticket"),
]
