from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "onewindow.alerts"
    label = "alerts"
