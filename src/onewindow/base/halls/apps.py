from django.apps import AppConfig


class HallsConfig(AppConfig):
    name = "onewindow.base.halls"
    label = "halls"
