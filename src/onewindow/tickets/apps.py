from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from onewindow.alerts import kinds
from onewindow.tickets.states import Need


class TicketsConfig(AppConfig):
    name = "onewindow.tickets"
    label = "tickets"

    def ready(self) -> None:
        """Say what the guides read of visitors who need help; what help is soon forgotten."""
        waits = _("{number} waits and needs help: {needs}.")
        called = _("{number} is called without voice ({needs}): bring them to window {window}.")
        for name, sentence in (("visitor.needs", waits), ("visitor.fetch", called)):
            kinds.register(name, sentence, reads={"needs": _in_words}, unkept=("needs",))


def _in_words(needs: Iterable[str]) -> str:
    return pgettext("between needs", ", ").join(str(Need(one).label) for one in needs)
