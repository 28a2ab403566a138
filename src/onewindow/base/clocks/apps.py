from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "onewindow.base.clocks"
    label = "clocks"
