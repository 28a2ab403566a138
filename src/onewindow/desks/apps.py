from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "onewindow.desks"
    label = "desks"
