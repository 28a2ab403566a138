from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "onewindow.base.live"
    label = "live"
