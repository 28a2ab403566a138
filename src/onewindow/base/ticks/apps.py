from django.apps import AppConfig


class TicksConfig(AppConfig):
    name = "onewindow.base.ticks"
    label = "ticks"
