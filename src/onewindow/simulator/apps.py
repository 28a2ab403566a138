from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    name = "onewindow.simulator"
    label = "simulator"
