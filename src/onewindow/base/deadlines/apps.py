from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "onewindow.base.deadlines"
    label = "deadlines"
