from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from onewindow.alerts import kinds
from onewindow.printing.states import Condition


class PrintingConfig(AppConfig):
    name = "onewindow.printing"
    label = "printing"

    def ready(self) -> None:
        """Say what alerts of printers read, and how a test page is drawn."""
        from onewindow.printing import papers  # noqa: PLC0415  # needs the models

        reads = {"trouble": _in_words, "numbers": ", ".join}
        trouble = _("{printer}: {trouble}.")
        unprinted = _("{printer}: {trouble}. Not printed: {numbers}.")
        kinds.register("printer.trouble", trouble, reads=reads)
        kinds.register("printer.unprinted", unprinted, reads=reads)
        kinds.register("printer.low", _("{printer}: the paper will soon be used up."))
        papers.register("test", "onewindow.printing.press.test_page.draw")


def _in_words(trouble: str) -> str:
    return str(Condition(trouble).label)
