from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from onewindow.alerts import kinds


class PublicConfig(AppConfig):
    name = "onewindow.public"
    label = "public"

    def ready(self) -> None:
        """Say what the visitors' calls read."""
        kinds.register("kiosk.guide", _("Somebody asks for a {guide} at {device}."))
        kinds.register(
            "window.nobody", _("{number} was called to window {window}; nobody is there.")
        )
        kinds.register("visitor.walking", _("{number} needs help walking to window {window}."))
