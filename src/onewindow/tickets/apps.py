from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "onewindow.tickets"
    label = "tickets"
