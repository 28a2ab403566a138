from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "onewindow.hooks"
    label = "hooks"
