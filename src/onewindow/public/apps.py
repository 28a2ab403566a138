from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "onewindow.public"
    label = "public"
