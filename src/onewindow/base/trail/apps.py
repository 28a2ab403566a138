from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "onewindow.base.trail"
    label = "trail"
