from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "onewindow.base.notify"
    label = "notify"
