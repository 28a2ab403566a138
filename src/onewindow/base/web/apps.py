from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "onewindow.base.web"
    label = "web"
