"""A refusal: an answer of no, with the sentence that the person reads."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.words import WORDS


class Refused(Exception):
    """Base of every refusal: it stands beside the action that raises it.

    ``sentence`` is shown to people; it may hold ``{placeholders}`` that are given as keywords,
    and the hall's words.
    ``status`` is the HTTP status; ``code`` (the class's name by default) is for programs.
    ``leads_to`` is where the page that says so goes on to by itself.
    ``again_s`` says after how many seconds it may be asked again, where that is known.
    """

    sentence: str | Promise = _("This cannot be done now.")
    status = 409
    again_s = 0
    leads_to = ""

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__()

    def __str__(self) -> str:
        return str(self.sentence).format_map({**WORDS, **self.details})

    @property
    def code(self) -> str:
        """The name of this kind of refusal, for programs: ``WindowBusy`` is ``window-busy``."""
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class NotFound(Refused):
    """There is no such thing here, or it is not yours to see."""

    sentence = _("There is no such thing here.")
    status = 404


class Forbidden(Refused):
    """Your role does not allow this."""

    sentence = _("Your role does not allow this.")
    status = 403


class BadInput(Refused):
    """What was sent cannot be understood; ``problem`` says why."""

    sentence = _("{problem}")
    status = 422
