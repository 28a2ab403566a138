from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "onewindow.base.vault"
    label = "vault"
