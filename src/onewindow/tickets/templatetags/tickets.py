"""Words of tickets in templates: ``{% load tickets %}``."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from onewindow.base import clocks
from onewindow.base.halls.words import WORDS
from onewindow.floor.models import Session
from onewindow.tickets import words
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import HelpKind, Need, State
from onewindow.tickets.why import why as sentence

register = template.Library()


@register.filter
def priority_word(visit: Visit) -> str | Promise:
    """The class in a word; empty for everyone's class."""
    return words.PRIORITY.get(visit.priority, "")


@register.filter
def channel_word(visit: Visit) -> str | Promise:
    """Where the number came from, in a word."""
    return words.CHANNEL.get(visit.channel, "")


@register.filter
def need_words(visit: Visit) -> list[str]:
    """What the visitor needs, in words."""
    return [str(Need(need).label) for need in visit.needs if need in Need.values]


@register.filter
def waited_s(ticket: Ticket) -> int:
    """How long a ticket waited in all, in seconds; until now where it still waits."""
    open_s = clocks.seconds(ticket.changed_at, clocks.now())
    return ticket.waiting_s + (open_s if ticket.state == State.WAITING else 0)


@register.filter
def why(ticket: Ticket) -> str:
    """Why a ticket stands where it stands."""
    return sentence(ticket)


@register.simple_tag
def help_kinds() -> list[tuple[str, str]]:
    """What help is noted by one touch; anything else is put into words."""
    return [(kind.value, str(kind.label)) for kind in HelpKind if kind != HelpKind.OTHER]


@register.filter
def what_comes(session: Session, ticket: object) -> str:
    """What a window does as soon as its visitor, or the papers, are done."""
    if session.next_user:
        words = _("{name} takes over after this {visitor}") if ticket else _("{name} takes over")
        return words.format_map({**WORDS, "name": session.next_user.name})
    if session.then_closes:
        words = _("Closes after this {visitor}") if ticket else _("Closes after these papers")
    else:
        words = _("Pause after this {visitor}") if ticket else _("Pause after these papers")
    return words.format_map(WORDS)
