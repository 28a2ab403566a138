from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "onewindow.base.live"
    label = "live"

    def ready(self) -> None:
        from onewindow.base.live import bus, hearing, hub  # noqa: PLC0415  # models are ready now

        bus.listen(hub.HUB.told)
        bus.listen(hearing.tell)
