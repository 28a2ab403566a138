"""The panel of alerts, under ``/s/<hall>/alerts/``."""

from django.urls import path

from onewindow.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.panel, name="panel"),
    path("<int:alert>/take", views.take, name="take"),
    path("<int:alert>/done", views.settle, name="settle"),
    path("<int:alert>/later", views.snooze, name="snooze"),
]
