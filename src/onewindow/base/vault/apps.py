from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "onewindow.base.vault"
    label = "vault"

    def ready(self) -> None:
        from onewindow.base.vault import checks  # noqa: F401, PLC0415  # registers; needs the models
