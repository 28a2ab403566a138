from django.apps import AppConfig


class FloorConfig(AppConfig):
    name = "onewindow.floor"
    label = "floor"
