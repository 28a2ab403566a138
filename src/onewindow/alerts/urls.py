"""The panel of alerts, under ``/s/<hall>/alerts/``."""

from django.urls import path

from onewindow.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.panel, name="panel"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/band/", views.band, name="band"),
    path("emergency/all-clear", views.all_clear, name="all_clear"),
    path("<int:alert>/take", views.take, name="take"),
    path("<int:alert>/done", views.settle, name="settle"),
    path("<int:alert>/later", views.snooze, name="snooze"),
]
