from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "onewindow.lists"
    label = "lists"
